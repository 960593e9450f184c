// How many signs are left in a long text. Silent for screen readers until the writer pauses and little is left.
(() => {
  "use strict";

  const PAUSE = 1000;
  const LITE_IGJEN = 0.2;
  const pauser = new WeakMap();

  const tell = (felt, si = true) => {
    const teller = document.getElementById(`${felt.id}_teller`);
    if (!teller) return;
    const maks = Number(teller.dataset.maks);
    const igjen = maks - felt.value.length;
    const mal = igjen < 0 ? teller.dataset.forMye : teller.dataset.igjen;
    teller.textContent = mal.replace("{n}", Math.abs(igjen));
    teller.toggleAttribute("data-over", igjen < 0);
    clearTimeout(pauser.get(felt));
    teller.removeAttribute("aria-live");
    if (si && igjen < maks * LITE_IGJEN) {
      pauser.set(felt, setTimeout(() => {
        teller.setAttribute("aria-live", "polite");
        teller.textContent = `${teller.textContent}\u200b`;
      }, PAUSE));
    }
  };

  // What stands there when the page comes is counted too, and not said aloud.
  const alle = (rot) => rot.querySelectorAll("textarea[data-maks]").forEach((felt) => { if (felt.value) tell(felt, false); });

  document.addEventListener("DOMContentLoaded", () => alle(document));
  document.addEventListener("htmx:load", (hendelse) => alle(hendelse.target));
  document.addEventListener("input", (hendelse) => {
    if (hendelse.target.matches("textarea[data-maks]")) tell(hendelse.target);
  });
})();
