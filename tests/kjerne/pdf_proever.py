"""Sample content for each PDF template, in the shape that its top comment asks for; all names are invented."""

from typing import Any

FELLES: dict[str, Any] = {
    "kommune": {
        "navn": "Eksempel kommune",
        "kontor": "Tildelings- og koordineringskontoret",
        "telefon": "400 00 100",
        "epost": "tok@eksempel.example",
        "besoeksadresse": "Storgata 1, 7580 Eksempel",
        "aapningstid": "Åpent tirsdag og torsdag kl. 9–12",
        "gruppe": "ansvarsgruppa",
    },
    "saksnr": "2026/1184",
    "unntatt": "Unntatt offentlighet, offl. § 13, jf. fvl. § 13",
}
KOORDINATOR: dict[str, Any] = {
    "navn": "Tone Bakke",
    "rolle": "spesialpedagog, Solbakken skole",
    "telefon": "400 00 112",
    "epost": "tone.bakke@eksempel.example",
    "forfall": False,
}
MOTTAKER: dict[str, Any] = {"navn": "Silje Fjellvik", "adresse": ["Bakkeveien 12", "7580 Eksempel"]}

REFERAT: dict[str, Any] = {
    **FELLES,
    "overskrift": "Referat fra ansvarsgruppemøte",
    "bruker": "Emma Fjellvik",
    "tid": "Tirsdag 24. november 2026, kl. 14.00–15.30",
    "sted": "Solbakken skole, rom 204",
    "referent": "Kari Østby, helsesykepleier",
    "foresatte": ["Silje Fjellvik (mor)", "Dawit Tesfay (far), med tolk på telefon"],
    "koordinator": KOORDINATOR,
    "andre": [
        "Emma Fjellvik",
        "Kari Østby, helsesykepleier, skolehelsetjenesten",
        "Marius Dahl, kontaktlærer, Solbakken skole",
        "Tor Haugland, fysioterapeut, Eksempel kommune",
    ],
    "forfall": ["Áilu Šuorbmá, rådgiver, PPT (sendte skriftlig innspill)"],
    "naasituasjon": "Emma har vært på skolen hver dag siden høstferien. I vår var hun der tre av fem dager.\n\n"
    "Rolig rom i storefri er brukt to dager i uka. De andre dagene går Emma oftere hjem etter storefri.",
    "forrige": {
        "dato": "26. mai 2026",
        "tiltak": [
            {"tiltak": "Følge til skolen sammen med Nora", "ansvar": "Silje Fjellvik", "status": "gjort"},
            {"tiltak": "Rolig rom i storefri tre dager i uka", "ansvar": "Marius Dahl", "status": "pågår"},
        ],
    },
    "brukers_stemme": {
        "sitat": "«Jeg vil gå til skolen med Nora, ikke bli kjørt. Storefri er det verste.»",
        "tekst": "Emma fikk ordet først. Hun vil se den nye skolen før alle de andre.",
    },
    "barnets_medvirkning": {
        "vurdert": "Ja. Emma ville være med på hele møtet.",
        "hvordan": "Tone snakket med Emma to dager før, og satte opp sakslista sammen med henne.",
        "hva_barnet_sa": "Hun vil at de voksne spør henne før de snakker med klassen.",
        "vekt": "Avtale 2 og 3 er gjort om etter det Emma sa.",
    },
    "maal": [
        "Emma er på skolen hele dagen, alle dager, innen vinterferien.",
        "Emma kjenner den nye skolen og to voksne der før sommeren.",
    ],
    "maal_tekst": "",
    "avtaler": [
        {
            "tiltak": "Ny time for undersøkelse av skulder og hånd",
            "ansvar": "Tor Haugland, fysioterapeut",
            "frist": "8. desember 2026",
        },
        {
            "tiltak": "Rolig rom i storefri alle fem dager. Emma er med og velger rom",
            "ansvar": "Marius Dahl, kontaktlærer",
            "frist": "15. januar 2027",
        },
        {"tiltak": "Søke NAV om hjelpestønad", "ansvar": "Silje Fjellvik, mor", "frist": "18. desember 2026"},
    ],
    "avslutning": "",
    "neste": {
        "deltakere": "Emma, foreldrene med tolk, de faste i gruppa og Åsen ungdomsskole",
        "dato": "Tirsdag 9. mars 2027",
        "fra": "14.00",
        "til": "15.30",
        "sted": "Åsen ungdomsskole, møterom 1",
    },
    "versjon": {"nummer": 2, "ferdigstilt": "26. november 2026", "grunn": "Fristen i avtale 2 var feil."},
    "sluttnote": "Sendt til Emmas foreldre og de faste medlemmene i gruppa 26. november 2026. "
    "Er noe feil eller mangler? Si fra til koordinator innen 10. desember 2026.",
}

INNKALLING: dict[str, Any] = {
    **FELLES,
    "mottaker": MOTTAKER,
    "dato": "10. november 2026",
    "overskrift": "Innkalling til ansvarsgruppemøte",
    "erstatter": "",
    "bruker": "Emma Fjellvik",
    "moete": {
        "tid": "Tirsdag 24. november 2026, kl. 14.00–15.30",
        "sted": "Solbakken skole, rom 204",
        "lenke": "https://video.eksempel.example/rom/204",
    },
    "tolk": "Det blir brukt tolk i tigrinja. Det er satt av ekstra tid.",
    "saker": [
        {"tittel": "Ordet er fritt for Emma", "beskrivelse": ""},
        {"tittel": "Hvordan går det på skolen?", "beskrivelse": "Hva har virket siden sist, og hva har ikke virket?"},
        {"tittel": "Overgang til ungdomsskolen", "beskrivelse": ""},
        {"tittel": "Hvem gjør hva, og dato for neste møte", "beskrivelse": ""},
    ],
    "satt_opp_sammen": True,
    "inviterte": [
        {"navn": "Emma Fjellvik", "rolle": "Den møtet gjelder"},
        {"navn": "Silje Fjellvik", "rolle": "Mor"},
        {"navn": "Dawit Tesfay", "rolle": "Far"},
        {"navn": "Tone Bakke", "rolle": "Koordinator"},
        {"navn": "Marius Dahl", "rolle": "Kontaktlærer, Solbakken skole"},
        {"navn": "Kari Østby", "rolle": "Helsesykepleier"},
    ],
    "koordinator": KOORDINATOR,
    "svarfrist": "17. november 2026",
    "merknad": "Sakslista er sendt mindre enn en uke før møtet.",
}

OPPNEVNINGSBREV: dict[str, Any] = {
    **FELLES,
    "mottaker": {"navn": "Tone Bakke", "adresse": ["Solbakken skole", "Skoleveien 3", "7580 Eksempel"]},
    "dato": "16. november 2026",
    "koordinator": {"navn": "Tone Bakke", "tittel": "spesialpedagog", "enhet": "Solbakken skole"},
    "rolle": "koordinator",
    "fra": "16. november 2026",
    "til": "",
    "timer": "Om lag 2 timer i uka",
    "leder": "Bjørn Sæther, rektor, Solbakken skole",
    "hjemmel": ["Helse- og omsorgstjenesteloven § 7-2", "Pasient- og brukerrettighetsloven § 2-5 b"],
    "kurs": {
        "navn": "Innføringskurs om individuell plan og koordinator",
        "varighet": "omtrent 120 minutter",
        "frist": "før det første møtet 24. november 2026",
        "gjennomfoert": False,
    },
    "kopi": ["den saken gjelder", "Bjørn Sæther, rektor"],
    "saksbehandler": {"navn": "Åse Øvergård", "tittel": "rådgiver"},
}

SAMTYKKESKJEMA: dict[str, Any] = {
    **FELLES,
    "bruker": {"navn": "Emma Fjellvik", "foedt": "3. mars 2014"},
    "formaal": [
        {"tekst": "Det blir opprettet en ansvarsgruppe", "forklaring": "De som er med, møtes og samarbeider."},
        {"tekst": "Koordinator kan kalle inn og lede gruppa", "forklaring": ""},
        {"tekst": "De faste i gruppa får referat fra møtene", "forklaring": "Andre får det bare når du sier ja."},
    ],
    "deltakere": [
        {"navn": "Tone Bakke", "rolle": "Koordinator, Solbakken skole"},
        {"navn": "Marius Dahl", "rolle": "Kontaktlærer, Solbakken skole"},
        {"navn": "Fastlegen", "rolle": "Kalles inn ved behov, gjennom legekontoret"},
    ],
    "deles": ["Det som trengs for å samarbeide om tiltakene", "Referat og avtaler fra møtene"],
    "deles_ikke": ["Journalen hos den enkelte tjenesten", "Opplysninger om andre i familien"],
    "fra": "24. november 2026",
    "til": "24. november 2027",
    "barnets_syn": True,
    "underskrivere": [
        {"hvem": "Emma Fjellvik", "grunnlag": "Kan skrive under selv om det er foreldrene som samtykker"},
        {"hvem": "Silje Fjellvik", "grunnlag": "Forelder med foreldreansvar"},
        {"hvem": "Dawit Tesfay", "grunnlag": "Forelder med foreldreansvar"},
        {"hvem": "Verge", "grunnlag": "Innenfor mandatet. Legg ved vergefullmakten"},
    ],
    "koordinator": KOORDINATOR,
    "skjemaversjon": "1",
}

PROEVER = {
    "referat": REFERAT,
    "innkalling": INNKALLING,
    "oppnevningsbrev": OPPNEVNINGSBREV,
    "samtykkeskjema": SAMTYKKESKJEMA,
}
