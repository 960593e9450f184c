// Text areas grow with the text where the browser does not do it by itself (field-sizing), so that nothing is cut off.
(() => {
  "use strict";

  if (CSS.supports("field-sizing", "content")) return;

  const voks = (felt) => {
    felt.style.height = "auto";
    felt.style.height = `${felt.scrollHeight + 2}px`;
  };
  const alle = (rot) => rot.querySelectorAll("textarea.ds-input:not([rows])").forEach(voks);

  document.addEventListener("input", (hendelse) => {
    if (hendelse.target.matches("textarea.ds-input:not([rows])")) voks(hendelse.target);
  });
  document.addEventListener("DOMContentLoaded", () => alle(document));
  document.addEventListener("htmx:load", (hendelse) => alle(hendelse.target));
})();
