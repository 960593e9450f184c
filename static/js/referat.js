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

// «Alle som er kalt inn, var til stede»: ticks at once whoever is left open; unticked, it takes back just those.
(() => {
  "use strict";

  const alle = document.querySelector("[name=alle_til_stede]");
  const rader = document.querySelectorAll("[data-oppmoete] fieldset");
  if (!alle || !rader.length) return;
  let satt = [];

  alle.addEventListener("change", () => {
    if (alle.checked) {
      satt = [...rader]
        .filter((rad) => !rad.querySelector(":checked"))
        .map((rad) => rad.querySelector("[value=til_stede]"))
        .filter(Boolean);
    }
    for (const knapp of satt) {
      if (alle.checked || knapp.checked) knapp.checked = alle.checked;
    }
    if (!alle.checked) satt = [];
  });
})();
