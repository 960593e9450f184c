// Asks before leaving a page with typed text that is not sent: <form data-ulagret>, and autosaved forms that could not save.
(() => {
  "use strict";

  const ulagrede = new Set();
  const skjema = (element) => element.form?.closest("form[data-ulagret], form[data-autolagring]");

  const merk = (hendelse) => {
    const funnet = skjema(hendelse.target);
    if (funnet) ulagrede.add(funnet);
  };

  document.addEventListener("input", merk);
  document.addEventListener("change", merk);
  document.addEventListener("submit", (hendelse) => { if (!hendelse.defaultPrevented) ulagrede.delete(hendelse.target); });
  document.addEventListener("tok:lagret", (hendelse) => ulagrede.delete(hendelse.target));
  window.addEventListener("beforeunload", (hendelse) => {
    if ([...ulagrede].some((funnet) => funnet.isConnected)) hendelse.preventDefault();
  });
})();
