// Says who else writes in the minutes now (P8): the names come with the answer of the autosave. Presence never locks.
(() => {
  "use strict";

  document.addEventListener("tok:lagret", (hendelse) => {
    const linje = hendelse.target.querySelector("[data-andre]");
    if (!linje) return;
    const andre = hendelse.detail?.andre ?? [];
    linje.textContent = andre.length ? linje.dataset.tekst.replace("{navn}", andre.join(", ")) : "";
  });
})();
