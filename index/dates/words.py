"""The words of the calendar, in the languages that print dates with month names. Tables, and a date in words.

A word that means two months is left out: "listopada" is October in Zagreb and November in Warsaw.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

# One line a language or its short forms, January to December; "-": none. Full stops are left out.
_MONTHS = """
    january february march april may june july august september october november december
    jan feb mar apr may jun jul aug sept oct nov dec
    - - - - - - - - sep - - -
    januar februar märz april mai juni juli august september oktober november dezember
    jänner feb mär apr mai jun jul aug sep okt nov dez
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    janv févr - avr mai juin juil aout sept oct nov déc
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
    ene feb mar abr may jun jul ago setiembre oct nov dic
    janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
    jan fev mar abr mai jun jul ago set - nov dez
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
    gen febbr mar apr mag giu lug ago sett ott nov dic
    januari februari maart april mei juni juli augustus september oktober november december
    - - mrt - - - - - - - - -
    januari februari mars april maj juni juli augusti september oktober november december
    januar februar marts april maj juni juli august september oktober november desember
    tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta - - - - - -
    - - - - - - heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października - grudnia
    ledna února března dubna května června července srpna září října - prosince
    января февраля марта апреля мая июня июля августа сентября октября ноября декабря
    січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
    ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
    januari februari maret april mei juni juli agustus september oktober november desember
"""

MONTHS: Mapping[str, int] = {
    name: number
    for line in _MONTHS.strip().splitlines()
    for number, name in enumerate(line.split(), start=1)
    if name != "-"
}
"""Lower case → 1 to 12."""

ENGLISH_MONTHS = tuple(name.title() for name in _MONTHS.split()[:12])
"""January to December, as they are printed."""

WEEKDAYS: Mapping[str, int] = {
    name: number
    for names in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "mon tue wed thu fri sat sun",
        "mon tues wed thurs fri sat sun",
        "mon tue wed thur fri sat sun",
    )
    for number, name in enumerate(names.split())
}
"""English, lower case → 0 (Monday) to 6, as `date.weekday`."""

FOREIGN_WEEKDAYS = frozenset(
    """
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta feira
    lunedì martedì mercoledì giovedì venerdì sabato domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag
    maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai
    poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle
    понедельник вторник среда четверг пятница суббота воскресенье понеділок вівторок середа четвер пятниця субота неділя
    pazartesi salı çarşamba perşembe cuma cumartesi pazar senin selasa rabu kamis jumat sabtu minggu
    """.split()
)
"""Beside a date that is written out they add nothing."""

FILLERS = frozenset(
    """
    the of at on de del den der le el la il à a alle ore um uhr om kl klo às as las los hs hrs hours local time
    г года р року o w dne dnia
    """.split()
)
"""What stands between the parts of a printed date and says nothing: "22 de diciembre", "um 15:29 Uhr"."""


def day_in_words(day: date) -> str:
    """A date as people read it, such as `14 March 2026`; independent of the machine's locale."""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"
