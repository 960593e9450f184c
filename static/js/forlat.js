// «Forlat siden raskt»: empties the page, ends the session and puts a neutral page in place of this one (N25).
// Without script the same link opens the neutral page.
(() => {
  "use strict";

  const loggUt = (url) => {
    const merke = document.querySelector('input[name="csrfmiddlewaretoken"]');
    if (!merke) return;
    const data = new FormData();
    data.append("csrfmiddlewaretoken", merke.value);
    fetch(url, { method: "POST", body: data, credentials: "same-origin", redirect: "manual", keepalive: true }).catch(() => {});
  };

  document.addEventListener("click", (hendelse) => {
    const lenke = hendelse.target.closest("a[data-forlat]");
    if (!lenke) return;
    hendelse.preventDefault();
    // No question about unsaved text may stand in the way.
    window.addEventListener("beforeunload", (forlater) => forlater.stopImmediatePropagation(), { capture: true });
    const [loggUtUrl, til] = [lenke.dataset.forlat, lenke.href];
    loggUt(loggUtUrl);
    document.title = "";
    document.body.replaceChildren();
    location.replace(til);
  });
})();
