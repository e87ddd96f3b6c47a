"""How the register of elections is told: a sentence for each of its facts, and a word for each of its codes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ledger.speech import Said

ELECTION_SENTENCES: Final[Mapping[str, Said]] = {
    "election.announced.v1": Said("Polling was set for {polling_on}", "Pemungutan suara ditetapkan {polling_on}"),
    "election.stage_recorded.v1": Said("Stage {stage}: {from} to {until}", "Tahapan {stage}: {from} s.d. {until}"),
    "election.pair_fixed.v1": Said(
        "The pairs of region {region} were fixed on {on}", "Pasangan calon wilayah {region} ditetapkan pada {on}"
    ),
    "election.revote_ordered.v1": Said(
        "A revote was ordered on {on} in {regions} ({basis})",
        "Pemungutan suara ulang diperintahkan pada {on} di {regions} ({basis})",
    ),
}

ELECTION_CODES: Final[Mapping[str, Said]] = {
    "planning": Said("planning", "perencanaan"),
    "monitor_registration": Said("registration of monitors", "pendaftaran pemantau"),
    "adhoc_forming": Said("forming of the ad hoc bodies", "pembentukan badan ad hoc"),
    "voter_data": Said("handover of voters' data", "penyerahan DP4"),
    "independent_support": Said("support for independent candidates", "dukungan calon perseorangan"),
    "voter_list": Said("voter list", "daftar pemilih"),
    "candidacy_announcement": Said("call for candidates", "pengumuman pendaftaran calon"),
    "candidacy_registration": Said("registration of candidates", "pendaftaran calon"),
    "candidacy_research": Said("research of the candidates' papers", "penelitian syarat calon"),
    "pair_fixing": Said("fixing of the pairs", "penetapan pasangan calon"),
    "number_draw": Said("draw of numbers", "pengundian nomor urut"),
    "campaign": Said("campaign", "kampanye"),
    "quiet_period": Said("quiet period", "masa tenang"),
    "voting": Said("voting", "pemungutan suara"),
    "recapitulation": Said("counting and recapitulation", "penghitungan dan rekapitulasi"),
    "result_dispute": Said("dispute about the result", "perselisihan hasil"),
    "revote": Said("revote", "pemungutan suara ulang"),
    "constitutional_court": Said("Constitutional Court", "Mahkamah Konstitusi"),
    "election_commission": Said("election commission (KPU)", "KPU"),
}
