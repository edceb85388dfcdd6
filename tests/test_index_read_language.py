"""The language of a text, and what files call it."""

from __future__ import annotations

import pytest

from index.read.language import language_code, language_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The bridge will open in May, two months later than the council had planned, and nobody is to blame."),
        ("de", "Die Brücke wird im Mai für den Verkehr geöffnet, zwei Monate später als der Rat es geplant hatte."),
        (
            "fr",
            "Le pont sera ouvert à la circulation en mai, deux mois plus tard que prévu, selon la ville.",
        ),
        ("es", "El puente se abrirá al tráfico en mayo, dos meses más tarde de lo previsto, según las autoridades."),
        (
            "ca",
            "El pont s'obrirà al trànsit al maig, dos mesos més tard del previst, segons les autoritats.",
        ),
        (
            "pt",
            "A ponte será aberta ao trânsito em maio, dois meses mais tarde do que o previsto, segundo as autoridades.",
        ),
        (
            "it",
            "Il ponte sarà aperto al traffico a maggio, due mesi più tardi di quanto è stato detto dalla città.",
        ),
        ("nl", "De brug gaat in mei open voor het verkeer, twee maanden later dan de gemeente had gepland."),
        (
            "sv",
            "Bron öppnas för trafik i maj, två månader senare än kommunen hade planerat, och ingen är att skylla på.",
        ),
        ("da", "Broen åbner for trafik i maj, to måneder efter planen, og det blev oplyst af kommunen på et møde."),
        ("no", "Broen åpner for trafikk i mai, to måneder etter planen, og det ble opplyst av kommunen på et møte."),
        (
            "fi",
            "Silta avataan liikenteelle toukokuussa, kaksi kuukautta myöhemmin kuin oli suunniteltu, ja se on harmi.",
        ),
        ("pl", "Most zostanie otwarty w maju, dwa miesiące później niż planowano, i nie jest to wina miasta."),
        ("cs", "Most se otevře v květnu, o dva měsíce později, než bylo v plánu, a podle města za to nikdo nemůže."),
        (
            "hu",
            "A híd májusban nyílik meg, két hónappal később, mint azt a város tervezte, és ez nem a mérnökök hibája.",
        ),
        ("tr", "Köprü mayıs ayında, planlanandan iki ay sonra açılacak ve bu durum için kimse suçlanmıyor."),
        (
            "id",
            "Jembatan itu akan dibuka pada bulan Mei, dua bulan lebih lambat dari yang direncanakan oleh dewan kota.",
        ),
        ("vi", "Cây cầu sẽ được mở vào tháng Năm, muộn hơn hai tháng so với kế hoạch của thành phố."),
        (
            "ru",
            "Мост откроют в мае, на два месяца позже, чем планировал совет, и никто в этом не виноват, по словам мэра.",
        ),
        ("uk", "Міст відкриють у травні, на два місяці пізніше, ніж планувала рада, і її не звинувачують."),
        ("ko", "다리는 5월에 개통된다. OpenAI와 SoftBank가 참여한다."),
        ("ja", "橋は予定より二か月遅れて五月に開通する。"),
        ("zh", "大桥将于五月通车，比计划晚两个月。"),
        ("ar", "سيفتح الجسر أمام حركة المرور في مايو"),
        ("fa", "این پل در ماه مه باز می‌شود و کسی مقصر نیست"),
        ("el", "Η γέφυρα θα ανοίξει τον Μάιο"),
        ("he", "הגשר ייפתח במאי"),
        ("hi", "पुल मई में खुलेगा, यह योजना से दो महीने बाद है"),
        ("th", "สะพานจะเปิดในเดือนพฤษภาคม"),
        ("", "Vennmouth 3, Kelderby 1; Skarrow 2, Brackhythe 2"),
        ("", "12345"),
        ("", ""),
    ],
)
def test_languages(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("en", "en"),
        ("en-US", "en"),
        ("EN_gb", "en"),
        ("eng", "en"),
        ("ger", "de"),
        ("English", "en"),
        ("en, fr", "en"),
        ("nb-NO", "no"),
        ("zh-Hant", "zh"),
        ("", ""),
        ("unknown", ""),
        ("x", ""),
    ],
)
def test_what_files_call_languages(stated: str, code: str) -> None:
    assert language_code(stated) == code
