// Autosave of <form data-autolagring="/url"> to the server's draft (P9, P10). Nothing is kept in the browser's own storage.
//
// Answers: {"lagret": "14.32", "versjon": 3} · {"konflikt": true, "melding": "…", "url": "…", "lagret"?: "…"} · 401 when
// logged out.
// The words stand on the status line (deler/_lagrestatus.html), so that they can be translated.
(() => {
  "use strict";

  const PAUSE = 2000; // after the last key
  const SENEST = 5000; // after the first unsaved change
  const PROEV_IGJEN = 10000;
  const SI_FRA = 1000; // a saving that takes longer says so
  const KEEPALIVE_GRENSE = 60000; // browsers refuse more in a request that outlives the page
  const tilstander = new WeakMap();

  const tilstand = (skjema) => {
    if (!tilstander.has(skjema)) tilstander.set(skjema, { endret: 0, foerste: 0, klokke: 0, sender: false, konflikt: false });
    return tilstander.get(skjema);
  };

  const vis = (skjema, mal, { feil = false, lenke = null } = {}) => {
    const linje = skjema.querySelector("[data-lagrestatus]");
    if (!linje) return;
    linje.replaceChildren(mal);
    linje.toggleAttribute("data-feil", feil);
    if (lenke) {
      const a = document.createElement("a");
      a.className = "ds-link";
      a.href = lenke.url;
      a.textContent = lenke.tekst;
      if (lenke.nyFane) a.target = "_blank";
      linje.append(" ", a);
    }
  };
  const tekst = (skjema, navn) => skjema.querySelector("[data-lagrestatus]")?.dataset[navn] ?? "";

  const innhold = (skjema) => {
    const data = new FormData(skjema);
    for (const [navn, verdi] of [...data]) if (verdi instanceof File) data.delete(navn);
    return data;
  };

  // Logging in again gives a new CSRF token: take it from a page that is open to all, and put it in every form here.
  const hentNyttMerke = async (skjema) => {
    const svar = await fetch(skjema.dataset.merkekilde || "/hjelp/", { credentials: "same-origin" });
    const side = new DOMParser().parseFromString(await svar.text(), "text/html");
    const merke = side.querySelector('input[name="csrfmiddlewaretoken"]')?.value;
    if (!merke) return false;
    for (const felt of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) felt.value = merke;
    return true;
  };

  const post = (skjema, keepalive) => {
    const data = innhold(skjema);
    const liten = [...data.values()].reduce((sum, verdi) => sum + verdi.length * 2, 0) < KEEPALIVE_GRENSE;
    return fetch(skjema.dataset.autolagring, {
      method: "POST",
      body: data,
      headers: { "X-Autolagring": "1", Accept: "application/json" },
      credentials: "same-origin",
      redirect: "manual",
      keepalive: keepalive && liten,
    });
  };

  const utlogget = (svar) => svar.status === 401 || svar.type === "opaqueredirect";

  const bestill = (skjema, om) => {
    const t = tilstand(skjema);
    clearTimeout(t.klokke);
    t.klokke = setTimeout(() => lagre(skjema), om);
  };

  const motta = async (skjema, svar, endretVedSending) => {
    const t = tilstand(skjema);
    if (utlogget(svar)) {
      const lenke = { url: tekst(skjema, "innlogging"), tekst: tekst(skjema, "tekstLoggInn"), nyFane: true };
      vis(skjema, tekst(skjema, "tekstUtlogget"), { feil: true, lenke });
      bestill(skjema, PROEV_IGJEN);
      return;
    }
    const data = await svar.json();
    if (data.konflikt) {
      // The draft may be kept all the same; then go on keeping it, while the message stands.
      t.konflikt = !data.lagret;
      const lenke = data.url ? { url: data.url, tekst: tekst(skjema, "tekstKonflikt") } : null;
      vis(skjema, data.melding, { feil: true, lenke });
      if (t.konflikt) return;
    } else {
      if (!svar.ok) throw new Error(`status ${svar.status}`);
      const versjon = skjema.querySelector('input[name="versjon"]');
      if (versjon && data.versjon !== undefined) versjon.value = data.versjon;
      vis(skjema, tekst(skjema, "tekstLagret").replace("{tid}", data.lagret));
    }
    if (t.endret === endretVedSending) {
      t.foerste = 0;
      skjema.dispatchEvent(new CustomEvent("tok:lagret", { bubbles: true, detail: data }));
    } else {
      t.foerste = Date.now();
      bestill(skjema, PAUSE);
    }
  };

  async function lagre(skjema, { keepalive = false } = {}) {
    const t = tilstand(skjema);
    if (!t.foerste || t.sender || t.konflikt || t.trygt || !skjema.isConnected) return;
    t.sender = true;
    clearTimeout(t.klokke);
    const endret = t.endret;
    const venter = setTimeout(() => vis(skjema, tekst(skjema, "tekstLagrer")), SI_FRA);
    try {
      let svar = await post(skjema, keepalive);
      if (svar.status === 403 && (await hentNyttMerke(skjema))) svar = await post(skjema, keepalive);
      clearTimeout(venter);
      await motta(skjema, svar, endret);
    } catch {
      clearTimeout(venter);
      vis(skjema, tekst(skjema, "tekstFeil"), { feil: true });
      bestill(skjema, PROEV_IGJEN);
    } finally {
      t.sender = false;
    }
  }

  const endret = (hendelse) => {
    const skjema = hendelse.target.form?.closest("form[data-autolagring]");
    if (!skjema) return;
    const t = tilstand(skjema);
    t.endret += 1;
    t.foerste ||= Date.now();
    if (!t.sender) bestill(skjema, Math.max(0, Math.min(PAUSE, t.foerste + SENEST - Date.now())));
  };

  const lagreAlle = () => document.querySelectorAll("form[data-autolagring]").forEach((skjema) => lagre(skjema, { keepalive: true }));

  document.addEventListener("input", endret);
  document.addEventListener("change", endret);
  // A button leaves the page only when the text is safe: not when one is logged out or the network is gone.
  const sendNaarTrygt = async (skjema, knapp) => {
    const t = tilstand(skjema);
    clearTimeout(t.klokke);
    t.foerste ||= Date.now();
    try {
      let svar = await post(skjema, false);
      if (svar.status === 403 && (await hentNyttMerke(skjema))) svar = await post(skjema, false);
      if (utlogget(svar)) return await motta(skjema, svar, t.endret);
    } catch {
      vis(skjema, tekst(skjema, "tekstFeil"), { feil: true });
      return bestill(skjema, PROEV_IGJEN);
    }
    t.trygt = true; // from here on the page's own form carries the text; a draft saved now would be older than the answer
    skjema.requestSubmit(knapp);
  };

  document.addEventListener("submit", (hendelse) => {
    const skjema = hendelse.target;
    if (!skjema.matches("form[data-autolagring]") || tilstand(skjema).trygt) return;
    hendelse.preventDefault();
    sendNaarTrygt(skjema, hendelse.submitter);
  });
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") lagreAlle(); });
  window.addEventListener("pagehide", lagreAlle);
})();
