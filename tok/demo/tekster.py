"""What the minutes of the demo say: plain, made up, and said the way people talk in such meetings."""

from __future__ import annotations

from dataclasses import replace

from tok.demo.moeteregi import Referattekst

OPPSTART_BARN = Referattekst(
    stemme="«Jeg vil at de voksne skal snakke sammen, så jeg slipper å si det samme mange ganger.»",
    situasjon=(
        "Alle fortalte hvem de er, og hva de kan hjelpe med. Foreldrene beskrev en travel hverdag med mange avtaler. "
        "Skolen ser at dagene går best når planen er kjent på forhånd."
    ),
    maal="Færre beskjeder til hjemmet, og alltid fra samme person\nEn plan for overgangen mellom timene",
)
OPPSTART_VOKSEN = Referattekst(
    stemme="«Det viktigste for meg er å slippe å forklare alt på nytt hver gang noen slutter.»",
    situasjon=(
        "Gruppa ble kjent, og rollene ble avklart. Bolig er på plass. Økonomien er uoversiktlig, og dagene er lange "
        "uten noe fast å gå til."
    ),
    maal="Noe å gå til to dager i uka\nOversikt over økonomien før jul",
)
OSKAR_HOEST = Referattekst(
    stemme="«Jeg liker best å lese i kroken. Jeg vil være med på svømming, men ikke dusje med de andre.»",
    situasjon=(
        "Oskar har vært på skolen hver dag siden høstferien. Leseroen etter storefri virker godt. Svømming er "
        "vanskelig på grunn av garderoben. Hjemme er morgenene roligere etter at drosjen kommer til fast tid."
    ),
    maal="Oskar er med på svømming hver uke fra januar\nLeseroen fortsetter, og vi ser på den igjen i neste møte",
    avtaler=(
        ("Avtale egen garderobe med svømmehallen", "Berit Lie", -4),
        ("Sende tilrådning om lesing til skolen", "Jonas Berg", 9),
        ("Følge opp søvn i samtale med familien", "Nina Holm", 24),
    ),
    neste=(47, "09:00", "Fjæra barneskole, møterom 1"),
)
OSKAR_RETTET = replace(
    OSKAR_HOEST,
    avtaler=(
        ("Avtale egen garderobe med svømmehallen", "Berit Lie", -4),
        ("Sende tilrådning om lesing til skolen", "Jonas Berg", 9),
        ("Følge opp søvn i samtale med familien", "Nina Holm", 31),
    ),
    forfall="Kjersti Nilsen",
)
OSKAR_VAAR = replace(
    OPPSTART_BARN,
    stemme="«Det er greit på skolen nå. Jeg vil vise dere boka mi.»",
    situasjon=(
        "Planen på pulten virker. Det er fortsatt mange beskjeder, men de fleste går nå gjennom koordinator. "
        "Familien har fått avlastning en helg i måneden."
    ),
    avtaler=(("Lage plan for skoledagen sammen med Oskar", "Berit Lie", -120),),
)
MIA_UNDERVEIS = Referattekst(
    stemme="«Jeg vil ha med meg mamma når jeg skal til legen.»",
    situasjon=(
        "Mia er mer ute i friminuttene enn før sommeren. Hun blir fort sliten, og sover etter skolen tre dager i uka."
    ),
    maal="Korte dager på tirsdag og torsdag fram til jul",
    avtaler=(("Lage en plan for hvile på skolen", "Anne Brekke", 12),),
    forfall="Nina Holm",
    medvirkning={},
)
GUNN_VINTER = replace(
    OPPSTART_VOKSEN,
    stemme="«Jeg sover bedre når jeg vet hva uka blir.»",
    situasjon="Arbeidstreningen er i gang to dager i uka. Fastlegen følger opp medisinene. Gjeldsrådgiver er spurt.",
    avtaler=(("Møte hos gjeldsrådgiver", "Marit Dahl", -250),),
)
ROLF_SOMMER = replace(
    OPPSTART_VOKSEN,
    stemme="«Det går bedre, men jeg vil ha et ettermiddagstilbud også.»",
    situasjon="Dagtilbudet går bra. Boligen trenger tilpasninger på badet, og søknaden er sendt.",
    avtaler=(("Etterlyse svar på søknad om tilpasning av bad", "Leila Rahimi", -180),),
)
EMMA_VAAR = replace(
    OPPSTART_BARN,
    stemme="«Jeg er snart 16. Jeg vil bestemme selv hvem som får vite hva.»",
    situasjon=(
        "Fraværet har gått ned. Emma vil gjerne begynne på helse- og oppvekstfag. Hun blir 16 år i løpet av året, og "
        "skal da selv ta stilling til samtykket."
    ),
    maal="Søknad til videregående er sendt innen fristen\nEmma vet hvem hun kan ringe",
    avtaler=(("Hospitering på videregående", "Arne Tangen", -20),),
)
STIAN_VAAR = replace(
    OPPSTART_VOKSEN,
    stemme="«Jeg vil ha færre møter, og vite hvem som ringer meg.»",
    situasjon="Boligen er beholdt gjennom våren. Samarbeidet med NAV går bedre når avtalene er få og tydelige.",
    maal="Én fast avtale i uka\nSamme kontaktperson ut året",
)
