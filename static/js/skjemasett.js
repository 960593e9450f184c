// Formset rows: adds empty rows from <template data-tom-rad>. Removing is the row's own «Fjern» box, which needs no script;
// without script a button inside <noscript> asks the server for a row.
(() => {
  "use strict";

  const sett = (element) => element.closest("[data-skjemasett]");
  const antallet = (skjemasett) => skjemasett.querySelector('input[name$="-TOTAL_FORMS"]');
  const erFullt = (skjemasett) => Number(antallet(skjemasett).value) >= Number(skjemasett.dataset.hoeyst || Infinity);

  // The button is of no use without script, so it is hidden until now; also in pieces that htmx swaps in.
  const vis = (rot) => rot.querySelectorAll("[data-legg-til]").forEach((knapp) => { knapp.hidden = erFullt(sett(knapp)); });

  const leggTil = (knapp) => {
    const skjemasett = sett(knapp);
    const antall = antallet(skjemasett);
    const nummer = Number(antall.value);
    if (erFullt(skjemasett)) return;
    const mal = skjemasett.querySelector("template[data-tom-rad]");
    const rad = mal.content.cloneNode(true);
    for (const element of rad.querySelectorAll("*")) {
      for (const attributt of [...element.attributes]) {
        attributt.value = attributt.value.replaceAll("__prefix__", nummer);
      }
    }
    rad.querySelector("[data-radnummer]").textContent = nummer + 1;
    const foerste = rad.querySelector('input:not([type="hidden"]), select, textarea');
    mal.before(rad);
    antall.value = nummer + 1;
    knapp.hidden = erFullt(skjemasett);
    foerste?.focus();
    antall.dispatchEvent(new Event("input", { bubbles: true }));
  };

  document.addEventListener("click", (hendelse) => {
    const knapp = hendelse.target.closest("[data-legg-til]");
    if (knapp) leggTil(knapp);
  });
  document.addEventListener("DOMContentLoaded", () => vis(document));
  document.addEventListener("htmx:load", (hendelse) => vis(hendelse.target));
})();
