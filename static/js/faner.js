// Tabs (ds-tabs of Designsystemet does the rest): a link to something inside a closed tab opens the tab first.
(() => {
  "use strict";

  const aapne = (id) => {
    const maal = id ? document.getElementById(id) : null;
    const panel = maal?.closest("ds-tabpanel");
    if (!panel?.hidden) return;
    document.querySelector(`ds-tab[aria-controls="${CSS.escape(panel.id)}"]`)?.click();
    maal.focus();
    maal.scrollIntoView();
  };

  // In the capture phase, before the browser follows the link: what is hidden can take no focus.
  document.addEventListener("click", (hendelse) => {
    const lenke = hendelse.target.closest('a[href^="#"]');
    if (lenke) aapne(decodeURIComponent(lenke.hash.slice(1)));
  }, true);
  document.addEventListener("DOMContentLoaded", () => aapne(decodeURIComponent(location.hash.slice(1))));
})();
