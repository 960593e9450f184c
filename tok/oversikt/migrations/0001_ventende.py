"""What waits for the office, derived from the case's own rows by triggers, and never written by code (ADR 0021)."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# The truth, as one question: the rows of these cases. What is kept is compared with it by tests.
UTLED = """
CREATE FUNCTION oversikt_utled(saker uuid[])
RETURNS TABLE (
    sak_id uuid, kontor_id uuid, hva varchar, objekt_id uuid, hvem_id uuid, siden date, fra_dato date, til_dato date
)
LANGUAGE sql STABLE AS $$
WITH
-- `uten_fra`: the day from which nobody coordinates the case any more; NULL while one is appointed without an end.
sak AS (
    SELECT s.id, s.kontor_id, s.tilstand = 'aapen' AS er_aapen, s.aapnet_dato, s.oensker_gruppe,
        s.oensker_gruppe OR s.oensker_koordinator OR s.oensker_plan AS oensker_koordinator, leder.sluttet,
        CASE WHEN NOT leder.uten_slutt THEN greatest(s.aapnet_dato, leder.ledet_til) END AS uten_fra
    FROM sak_sak s CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(d.til_dato IS NULL), false) AS uten_slutt, max(d.til_dato) AS sluttet,
            max(d.til_dato) FILTER (WHERE d.til_dato > d.fra_dato) AS ledet_til
        FROM sak_deltakelse d WHERE d.sak_id = s.id AND d.rolle = 'koordinator'
    ) leder
    WHERE s.id = ANY (saker)
),
spurt AS (
    SELECT f.*, (f.svart_tid AT TIME ZONE 'Europe/Oslo')::date AS svart_dato,
        (f.sendt_tid AT TIME ZONE 'Europe/Oslo')::date AS sendt_dato,
        EXISTS (SELECT FROM koordinator_oppnevning o WHERE o.forespoersel_id = f.id) AS er_brukt
    FROM koordinator_forespoersel f
    WHERE f.sak_id = ANY (saker) AND f.tilstand <> 'trukket'
),
siste AS (
    SELECT DISTINCT ON (sak_id) sak_id, tilstand, svart_dato FROM spurt ORDER BY sak_id, sendt_tid DESC, id DESC
),
-- From when the one who was asked does not lead the unit; more than once where the leader comes back.
uten_leder AS (
    SELECT f.id, a.til_dato AS fra_dato,
        (SELECT min(b.fra_dato) FROM sak_ansettelse b
         WHERE b.rolle = 'leder' AND b.konto_id = f.leder_id AND b.enhet_id = f.enhet_id AND b.fra_dato >= a.til_dato
        ) AS til_dato
    FROM spurt f JOIN sak_ansettelse a ON a.konto_id = f.leder_id AND a.enhet_id = f.enhet_id AND a.rolle = 'leder'
    WHERE f.tilstand = 'sendt' AND a.til_dato IS NOT NULL
    UNION ALL
    SELECT f.id, f.sendt_dato,
        (SELECT min(b.fra_dato) FROM sak_ansettelse b
         WHERE b.rolle = 'leder' AND b.konto_id = f.leder_id AND b.enhet_id = f.enhet_id)
    FROM spurt f
    WHERE f.tilstand = 'sendt'
),
-- When the case is without a coordinator: from the last one on, and before each of them.
hull AS (
    SELECT id, uten_fra AS fra_dato, NULL::date AS til_dato FROM sak
    UNION ALL
    SELECT sak.id, coalesce(lag(d.til_dato) OVER (PARTITION BY sak.id ORDER BY d.fra_dato), sak.aapnet_dato), d.fra_dato
    FROM sak JOIN sak_deltakelse d ON d.sak_id = sak.id AND d.rolle = 'koordinator'
    WHERE d.til_dato IS NULL OR d.til_dato > d.fra_dato
),
alt AS (
    SELECT sak.id, sak.kontor_id, 'uten_koordinator' AS hva, sak.id AS objekt_id, NULL::uuid AS hvem_id,
        sak.aapnet_dato AS siden, sak.uten_fra AS fra_dato, NULL::date AS til_dato
    FROM sak
    WHERE sak.er_aapen
    UNION ALL
    SELECT sak.id, sak.kontor_id, CASE WHEN siste.tilstand = 'avslaatt' THEN 'spoer_annen' ELSE 'spoer' END, sak.id,
        NULL, CASE WHEN siste.tilstand = 'avslaatt' THEN siste.svart_dato
            ELSE greatest(sak.aapnet_dato, sak.sluttet) END,
        sak.uten_fra, NULL
    FROM sak LEFT JOIN siste ON siste.sak_id = sak.id
    WHERE sak.er_aapen AND (sak.oensker_koordinator OR siste.tilstand = 'avslaatt') AND NOT EXISTS (
        SELECT FROM spurt
        WHERE spurt.sak_id = sak.id
            AND (spurt.tilstand = 'sendt' OR (spurt.tilstand = 'godkjent' AND NOT spurt.er_brukt)))
    UNION ALL
    SELECT sak.id, sak.kontor_id, 'oppnevn', spurt.id, spurt.godkjent_konto_id, spurt.svart_dato, spurt.svart_dato, NULL
    FROM sak JOIN spurt ON spurt.sak_id = sak.id
    WHERE sak.er_aapen AND spurt.tilstand = 'godkjent' AND NOT spurt.er_brukt
    UNION ALL
    SELECT sak.id, sak.kontor_id, 'spoer_paa_nytt', spurt.id, spurt.leder_id, spurt.sendt_dato, uten_leder.fra_dato,
        uten_leder.til_dato
    FROM sak JOIN spurt ON spurt.sak_id = sak.id JOIN uten_leder ON uten_leder.id = spurt.id
    WHERE sak.er_aapen
    UNION ALL
    SELECT sak.id, sak.kontor_id, 'opprett_gruppe', sak.id, NULL, d.fra_dato, d.fra_dato, d.til_dato
    FROM sak JOIN sak_deltakelse d ON d.sak_id = sak.id AND d.rolle = 'koordinator'
    WHERE sak.er_aapen AND sak.oensker_gruppe
        AND NOT EXISTS (SELECT FROM ansvarsgruppe_ansvarsgruppe g WHERE g.sak_id = sak.id)
    UNION ALL
    -- A deadline is shown from a week before (VENTER_DAGER) until its day: who coordinates else, is all the same.
    SELECT sak.id, sak.kontor_id, 'frist', f.id, NULL, f.forfall, hull.fra_dato, hull.til_dato
    FROM sak JOIN sak_frist f ON f.sak_id = sak.id JOIN hull ON hull.id = sak.id
    WHERE f.lukket_tid IS NULL AND f.mottaker = 'koordinator'
        AND hull.fra_dato <= f.forfall AND (hull.til_dato IS NULL OR hull.til_dato > f.forfall - 7)
)
SELECT * FROM alt WHERE fra_dato < coalesce(til_dato, 'infinity')  -- without a day it never holds; NULL is never
$$;
"""

PAA_NYTT = """
CREATE FUNCTION oversikt_utled_paa_nytt(saker uuid[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- Two who change the same case come here one after the other, and the last sees what both have done.
    PERFORM FROM sak_sak WHERE id = ANY (saker) ORDER BY id FOR NO KEY UPDATE;
    WITH utledet AS MATERIALIZED (SELECT * FROM oversikt_utled(saker)),
    bort AS (
        DELETE FROM oversikt_ventende v
        WHERE v.sak_id = ANY (saker) AND NOT EXISTS (
            SELECT FROM utledet u
            WHERE (u.sak_id, u.kontor_id, u.hva, u.objekt_id, u.hvem_id, u.siden, u.fra_dato, u.til_dato)
                IS NOT DISTINCT FROM
                (v.sak_id, v.kontor_id, v.hva, v.objekt_id, v.hvem_id, v.siden, v.fra_dato, v.til_dato))
    )
    INSERT INTO oversikt_ventende (sak_id, kontor_id, hva, objekt_id, hvem_id, siden, fra_dato, til_dato)
    SELECT * FROM utledet
    EXCEPT
    SELECT sak_id, kontor_id, hva, objekt_id, hvem_id, siden, fra_dato, til_dato
    FROM oversikt_ventende WHERE sak_id = ANY (saker);
END
$$;
"""

# The first argument is the column that holds the case, the others those that matter: a change of another is passed by.
ETTER_ENDRING = """
CREATE FUNCTION oversikt_etter_endring() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    sak text := TG_ARGV[0];
    saker uuid[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        EXECUTE format('SELECT array_agg(DISTINCT %I) FROM nye', sak) INTO saker;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE format('SELECT array_agg(DISTINCT %I) FROM gamle', sak) INTO saker;
    ELSE
        EXECUTE format(
            'SELECT array_agg(DISTINCT sak) FROM nye n JOIN gamle g USING (id), unnest(ARRAY[n.%1$I, g.%1$I]) sak'
            ' WHERE (n.%1$I, %2$s) IS DISTINCT FROM (g.%1$I, %3$s)',
            sak,
            (SELECT string_agg(format('n.%I', k), ', ') FROM unnest(TG_ARGV[1:]) k),
            (SELECT string_agg(format('g.%I', k), ', ') FROM unnest(TG_ARGV[1:]) k)
        ) INTO saker;
    END IF;
    IF saker IS NOT NULL THEN
        PERFORM oversikt_utled_paa_nytt(saker);
    END IF;
    RETURN NULL;
END
$$;
"""

# A leader who comes or goes: the cases they are asked about.
ETTER_LEDERSKIFTE = """
CREATE FUNCTION oversikt_etter_lederskifte() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    saker uuid[];
BEGIN
    SELECT array_agg(DISTINCT f.sak_id) INTO saker FROM koordinator_forespoersel f
    WHERE f.tilstand = 'sendt' AND (
        (TG_OP <> 'DELETE' AND f.leder_id = NEW.konto_id AND f.enhet_id = NEW.enhet_id)
        OR (TG_OP <> 'INSERT' AND f.leder_id = OLD.konto_id AND f.enhet_id = OLD.enhet_id));
    IF saker IS NOT NULL THEN
        PERFORM oversikt_utled_paa_nytt(saker);
    END IF;
    RETURN NULL;
END
$$;
"""

# table: the column that holds the case, and those the rows rest on
HVILER_PAA = {
    "sak_sak": ("id", "kontor_id", "tilstand", "aapnet_dato", "oensker_gruppe", "oensker_koordinator", "oensker_plan"),
    "sak_deltakelse": ("sak_id", "rolle", "fra_dato", "til_dato"),
    "sak_frist": ("sak_id", "mottaker", "forfall", "lukket_tid"),
    "koordinator_forespoersel": (
        "sak_id", "tilstand", "leder_id", "enhet_id", "sendt_tid", "svart_tid", "godkjent_konto_id",
    ),
    "koordinator_oppnevning": ("sak_id", "forespoersel_id"),
    "ansvarsgruppe_ansvarsgruppe": ("sak_id",),
}  # fmt: skip
OVERGANGER = {
    "INSERT": "NEW TABLE AS nye",
    "UPDATE": "OLD TABLE AS gamle NEW TABLE AS nye",
    "DELETE": "OLD TABLE AS gamle",
}
UTLOESERE = [
    f"CREATE TRIGGER ventende_{naar.lower()} AFTER {naar} ON {tabell} REFERENCING {rader} FOR EACH STATEMENT"
    f" EXECUTE FUNCTION oversikt_etter_endring({', '.join(repr(kolonne) for kolonne in kolonner)})"
    for tabell, kolonner in HVILER_PAA.items()
    for naar, rader in OVERGANGER.items()
]
UTLOESERE.append(
    "CREATE TRIGGER ventende_lederskifte AFTER INSERT OR UPDATE OR DELETE ON sak_ansettelse FOR EACH ROW"
    " EXECUTE FUNCTION oversikt_etter_lederskifte()"
)
FUNKSJONER = (UTLED, PAA_NYTT, ETTER_ENDRING, ETTER_LEDERSKIFTE)
FYLL = "SELECT oversikt_utled_paa_nytt(array_agg(id)) FROM sak_sak"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("sak", "0003_indekser_for_lister"),
        ("koordinator", "0002_grunndata"),
        ("ansvarsgruppe", "0001_tabeller"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Ventende",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "hva",
                    models.CharField(
                        choices=[
                            ("spoer", "spør leder om koordinator"),
                            ("spoer_annen", "leder svarte nei, spør en annen"),
                            ("spoer_paa_nytt", "den som er spurt, er ikke leder lenger"),
                            ("oppnevn", "leder svarte ja, oppnevn"),
                            ("opprett_gruppe", "opprett ansvarsgruppa"),
                            ("uten_koordinator", "saken er uten koordinator"),
                            ("frist", "koordinators frist i en sak uten koordinator"),
                        ],
                        max_length=16,
                    ),
                ),
                ("objekt_id", models.UUIDField()),
                ("siden", models.DateField()),
                ("fra_dato", models.DateField()),
                ("til_dato", models.DateField(null=True)),
                (
                    "hvem",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kontor",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sak.enhet",
                    ),
                ),
                (
                    "sak",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="sak.sak",
                    ),
                ),
            ],
            options={
                "verbose_name": "ventende",
                "verbose_name_plural": "ventende",
                "indexes": [
                    models.Index(fields=["kontor", "hva", "siden", "objekt_id"], name="ventende_liste"),
                    models.Index(
                        condition=models.Q(
                            ("hva__in", ("spoer", "spoer_annen", "spoer_paa_nytt", "oppnevn", "opprett_gruppe"))
                        ),
                        fields=["kontor", "siden", "objekt_id"],
                        name="ventende_neste_steg",
                    ),
                ],
            },
        ),
        migrations.RunSQL([*FUNKSJONER, *UTLOESERE, FYLL], migrations.RunSQL.noop),
    ]
