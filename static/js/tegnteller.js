// How many signs are left in a long text. Silent for screen readers until the writer pauses and little is left.
(() => {
  "use strict";

  const PAUSE = 1000;
  const LITE_IGJEN = 0.2;
  const pauser = new WeakMap();

  const tell = (felt) => {
    const teller = document.getElementById(`${felt.id}_teller`);
    if (!teller) return;
    const maks = Number(teller.dataset.maks);
    const igjen = maks - felt.value.length;
    const mal = igjen < 0 ? teller.dataset.forMye : teller.dataset.igjen;
    teller.textContent = mal.replace("{n}", Math.abs(igjen));
    teller.toggleAttribute("data-over", igjen < 0);
    clearTimeout(pauser.get(felt));
    teller.removeAttribute("aria-live");
    if (igjen < maks * LITE_IGJEN) {
      pauser.set(felt, setTimeout(() => {
        teller.setAttribute("aria-live", "polite");
        teller.textContent = `${teller.textContent}\u200b`;
      }, PAUSE));
    }
  };

  document.addEventListener("input", (hendelse) => {
    if (hendelse.target.matches("textarea[data-maks]")) tell(hendelse.target);
  });
})();
