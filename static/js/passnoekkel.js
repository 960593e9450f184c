// Passkeys: allauth's script does the ceremony; this one starts it without inline script, and says plainly what went wrong.
(() => {
  "use strict";

  const tekster = { NotAllowedError: "avbrutt", AbortError: "avbrutt", InvalidStateError: "finnes", SecurityError: "adresse" };

  const start = (skjema) => {
    const knapp = skjema.querySelector("[data-passnoekkel-knapp]");
    const oppsett = { ids: { credential: skjema.elements.credential.id, [knapp.dataset.passnoekkelKnapp]: knapp.id } };
    const data = document.getElementById("passnoekkel-data");
    if (data) oppsett.data = JSON.parse(data.textContent);
    window.allauth.webauthn.forms[skjema.dataset.passnoekkel](oppsett);
    knapp.hidden = false;
    // Enter in the name field would send the form without a key.
    skjema.addEventListener("keydown", (hendelse) => {
      if (hendelse.key !== "Enter" || !hendelse.target.matches("input")) return;
      hendelse.preventDefault();
      knapp.click();
    });
  };

  document.addEventListener("allauth.error", (hendelse) => {
    const boks = document.querySelector("[data-passnoekkel-feil]");
    if (!boks) return;
    hendelse.preventDefault();
    boks.firstElementChild.textContent = boks.dataset[tekster[hendelse.detail.exception?.name] ?? "annet"];
    boks.hidden = false;
  });

  document.addEventListener("DOMContentLoaded", () => {
    const virker = "PublicKeyCredential" in window && "webauthnJSON" in window;
    if (virker) document.querySelectorAll("[data-passnoekkel]").forEach(start);
    else document.querySelectorAll("[data-passnoekkel-mangler]").forEach((tekst) => { tekst.hidden = false; });
  });
})();
