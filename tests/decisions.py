"""Invented questions with a short article for each part, and what may be decided of them. Written before the rules."""

from __future__ import annotations

Story = tuple[str, str]
"""The day of publication, "" for none, and the text."""

DECIDED: tuple[tuple[str, tuple[Story, ...], str], ...] = (
    (
        "Did Ana Ruiz and Orla Finn both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday after nine years. The council met."),
            ("2030-05-09", "Orla Finn has resigned, the mayor's office confirmed."),
        ),
        "Yes: both Ana Ruiz and Orla Finn.",
    ),
    (
        "Did both Norvik and Ostrey ban cars?",
        (
            ("2030-05-03", "Norvik has banned cars since March."),
            ("2030-05-09", "Ostrey banned cars on Monday."),
        ),
        "Yes: both Norvik and Ostrey.",
    ),
    (
        "Did Tellus, Brim and Osk Lines each report a loss?",
        (
            ("2030-05-03", "Tellus reported a loss of $4 million."),
            ("2030-05-04", "Brim, the ferry maker, reported a loss for the second year."),
            ("2030-05-05", "Osk Lines has reported a loss."),
        ),
        "Yes: Tellus, Brim and Osk Lines.",
    ),
    (
        "Did either Ana Ruiz or Orla Finn resign?",
        (
            ("2030-05-03", "Ana Ruiz, the head of the port, resigned on Tuesday."),
            ("2030-05-09", "Orla Finn met the council on Monday."),
        ),
        "Yes: Ana Ruiz.",
    ),
    (
        "Have Ana Ruiz or Orla Finn resigned?",
        (
            ("2030-05-03", "The council thanked Ana Ruiz."),
            ("2030-05-09", "Orla Finn resigned on Monday after nine years."),
        ),
        "Yes: Orla Finn.",
    ),
    (
        "Did Ana Ruiz and Orla Finn both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday."),
            ("2030-05-09", "Orla Finn did not resign."),
        ),
        "No: Orla Finn did not resign.",
    ),
    (
        "Did both Norvik and Ostrey ban cars?",
        (
            ("2030-05-03", "Norvik never banned cars."),
            ("2030-05-09", "Ostrey banned cars on Monday."),
        ),
        "No: Norvik did not ban cars.",
    ),
    (
        "Did either of Ana Ruiz and Orla Finn resign?",
        (
            ("2030-05-03", "Ana Ruiz did not resign."),
            ("2030-05-09", "Orla Finn has not resigned."),
        ),
        "No: neither Ana Ruiz nor Orla Finn.",
    ),
    (
        "Did Huawei and FedEx both sue the commerce department?",
        (
            ("2030-06-22", "Huawei sued the Commerce Department on Friday, citing seized equipment."),
            ("2030-06-25", "FedEx has sued the Commerce Department, court papers show."),
        ),
        "Yes: both Huawei and FedEx.",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday as head of the port."),
            ("2030-05-20", "Orla Finn resigned as head of the port on Monday."),
        ),
        "Ana Ruiz resigned before Orla Finn.",
    ),
    (
        "Who left first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-25", "Ana Ruiz left the port on 20 May 2030."),
            ("2030-05-30", "Orla Finn left the port on 2 May."),
        ),
        "Orla Finn left before Ana Ruiz.",
    ),
    (
        "Who left last, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-25", "Ana Ruiz left the port on 20 May 2030."),
            ("2030-05-30", "Orla Finn left the port on 2 May."),
        ),
        "Ana Ruiz left after Orla Finn.",
    ),
    (
        "Which came first, the vote on the toll or the strike at the port?",
        (
            ("2030-05-03", "The council held its vote on the toll on Thursday."),
            ("2030-05-20", "A strike at the port began on Monday."),
        ),
        "The vote on the toll came before the strike at the port.",
    ),
    (
        "Which happened first: the flood in Tarn or the fire at Norvik?",
        (
            ("2030-07-03", "The flood in Tarn on 28 June 2030 killed nine people."),
            ("2030-05-20", "A fire broke out at Norvik on Sunday."),
        ),
        "The fire at Norvik happened before the flood in Tarn.",
    ),
    (
        "Did the flood in Tarn happen before the fire at Norvik?",
        (
            ("2030-07-03", "The flood in Tarn on 28 June 2030 killed nine people."),
            ("2030-05-20", "A fire at Norvik killed two on Sunday."),
        ),
        "No: the flood in Tarn happened after the fire at Norvik.",
    ),
    (
        "Did the flood in Tarn happen before or after the fire at Norvik?",
        (
            ("2030-07-03", "The flood in Tarn on 28 June 2030 killed nine people."),
            ("2030-05-20", "A fire at Norvik killed two on Sunday."),
        ),
        "The flood in Tarn happened after the fire at Norvik.",
    ),
    (
        "Was the election in Tarn before the strike in Norvik?",
        (
            ("2030-03-05", "The election in Tarn on Sunday went to the Greens."),
            ("2030-05-20", "The strike in Norvik began on Monday."),
        ),
        "Yes: the election in Tarn was before the strike in Norvik.",
    ),
    (
        "Who died first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz, who led the port for years, has died."),
            ("2031-02-11", "Orla Finn has died, her family said."),
        ),
        "Ana Ruiz died before Orla Finn.",
    ),
    (
        "Who died first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on 1 May 2030. She led the port."),
            ("2033-02-11", "Orla Finn died in 2029."),
        ),
        "Orla Finn died before Ana Ruiz.",
    ),
    (
        "Which of Ruiz and Finn quit first?",
        (
            ("2030-05-03", "Ana Ruiz quit on Tuesday."),
            ("2030-04-20", "Orla Finn quit last week."),
        ),
        "Finn quit before Ruiz.",
    ),
    (
        "Did Ana Ruiz resign before or after Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday."),
            ("2030-06-20", "Orla Finn resigned yesterday."),
        ),
        "Ana Ruiz resigned before Orla Finn.",
    ),
    (
        "Which leader was older at her death, Tarn's Ana Ruiz or Ostrey's Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz, the prime minister of Tarn, died today at the age of 78."),
            ("2030-06-11", "Orla Finn, the president of Ostrey, died on Monday aged 55."),
        ),
        "Tarn's Ana Ruiz was older at her death: 78 against 55.",
    ),
    (
        "Who was younger when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Tuesday at 78."),
            ("2030-06-11", "Orla Finn, 55, died on Monday."),
        ),
        "Orla Finn was younger when she died: 55 against 78.",
    ),
    (
        "Who is older, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz, 61, runs the port."),
            ("2030-06-11", "The 44-year-old Orla Finn sits on the council."),
        ),
        "Ana Ruiz is older: 61 against 44.",
    ),
    (
        "Which bridge is longer, the Norvik Bridge or the Ostrey Bridge?",
        (
            ("2030-05-03", "The Norvik Bridge is 4.2 km long."),
            ("2030-06-11", "At 1.1 kilometres, the Ostrey Bridge is the shortest in the bay."),
        ),
        "The Norvik Bridge is longer: 4.2 km against 1.1 kilometres.",
    ),
    (
        "Is the Norvik Bridge longer than the Ostrey Bridge?",
        (
            ("2030-05-03", "The Norvik Bridge is 900 metres long."),
            ("2030-06-11", "The Ostrey Bridge is 1,100 metres long."),
        ),
        "No: 900 metres against 1,100 metres.",
    ),
    (
        "Which phone is cheaper, the Tellus Five or the Brim X?",
        (
            ("2030-05-03", "The Tellus Five costs $499."),
            ("2030-06-11", "The Brim X will cost $1,299 in shops."),
        ),
        "The Tellus Five is cheaper: $499 against $1,299.",
    ),
    (
        "Which party won more seats, the Greens or the Union?",
        (
            ("2030-05-03", "The Greens won 41 seats in Sunday's election."),
            ("2030-05-03", "The Union won 29 seats."),
        ),
        "The Greens won more seats: 41 seats against 29 seats.",
    ),
    (
        "Did more people die in the Norvik fire or in the Ostrey flood?",
        (
            ("2030-05-03", "The Norvik fire killed 39 people."),
            ("2030-06-11", "Nine people died in the Ostrey flood."),
        ),
        "The Norvik fire: 39 people against nine people.",
    ),
    (
        "In which town did more people die, Norvik or Ostrey?",
        (
            ("2030-05-03", "At least 39 people died in Norvik."),
            ("2030-06-11", "Nine people died in Ostrey."),
        ),
        "Norvik: at least 39 people against nine people.",
    ),
    (
        "Which of Norvik and Ostrey had more deaths?",
        (
            ("2030-05-03", "Norvik had 39 deaths."),
            ("2030-06-11", "Ostrey has had 1,204 deaths."),
        ),
        "Ostrey had more deaths: 1,204 deaths against 39 deaths.",
    ),
    (
        "Which quake killed fewer people, the Norvik quake or the Tarn quake?",
        (
            ("2030-05-03", "The Norvik quake killed more than 2,000 people."),
            ("2030-06-11", "The Tarn quake killed 140 people."),
        ),
        "The Tarn quake killed fewer people: 140 people against more than 2,000 people.",
    ),
)

UNDECIDED: tuple[tuple[str, tuple[Story, ...]], ...] = (
    (  # a second one that may resign has not
        "Did Ana Ruiz and Orla Finn both resign?",
        (("2030-05-03", "Ana Ruiz resigned on Tuesday."), ("2030-05-09", "Orla Finn may resign on Monday.")),
    ),
    (  # said, not so
        "Did Ana Ruiz and Orla Finn both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday."),
            ("2030-05-09", "Ana Ruiz said Orla Finn resigned because of her."),
        ),
    ),
    (  # who of them
        "Did Ana Ruiz and Orla Finn both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday."),
            ("2030-05-09", "Orla Finn was there when Rob Tye resigned."),
        ),
    ),
    (  # asked to
        "Did Ana Ruiz and Orla Finn both resign?",
        (("2030-05-03", "Ana Ruiz resigned on Tuesday."), ("2030-05-09", "Orla Finn was asked to resign.")),
    ),
    (  # another verb
        "Did Huawei and FedEx both go to court against the commerce department?",
        (
            ("2030-06-22", "Huawei sued the Commerce Department on Friday."),
            ("2030-06-25", "FedEx wrote to the Commerce Department."),
        ),
    ),
    (  # denied by somebody
        "Did Ana Ruiz and Orla Finn both resign?",
        (("2030-05-03", "Ana Ruiz resigned on Tuesday."), ("2030-05-09", "The port denied that Orla Finn resigned.")),
    ),
    (  # not yet
        "Did Ana Ruiz and Orla Finn both resign?",
        (("2030-05-03", "Ana Ruiz resigned on Tuesday."), ("2030-05-09", "Orla Finn has not yet resigned.")),
    ),
    (  # reports differ
        "Did Ana Ruiz and Orla Finn both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday. Ana Ruiz did not resign."),
            ("2030-05-09", "Orla Finn resigned."),
        ),
    ),
    (  # the thing is another one
        "Did both Norvik and Ostrey ban cars?",
        (("2030-05-03", "Norvik banned lorries from its old town."), ("2030-05-09", "Ostrey banned cars on Monday.")),
    ),
    (  # if
        "Did Ana Ruiz and Orla Finn both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday."),
            ("2030-05-09", "If Orla Finn resigned, the council would fall."),
        ),
    ),
    (  # known of one only
        "Did Ana Ruiz and Orla Finn both resign?",
        (("2030-05-03", "Ana Ruiz resigned on Tuesday."), ("2030-05-09", "Orla Finn met the council.")),
    ),
    (  # one that did not is not enough for neither
        "Did either Ana Ruiz or Orla Finn resign?",
        (("2030-05-03", "Ana Ruiz did not resign."), ("2030-05-09", "Orla Finn met the council.")),
    ),
    (  # an opinion in quotation marks
        "Did Ana Ruiz and Orla Finn both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Tuesday."),
            ("2030-05-09", '"Orla Finn resigned," the rival told a crowd.'),
        ),
    ),
    (  # the same day
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-09", "Ana Ruiz resigned on Tuesday."),
            ("2030-05-09", "Orla Finn resigned on Tuesday."),
        ),
    ),
    (  # days of publication too near each other
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (("2030-05-09", "Ana Ruiz has resigned."), ("2030-05-10", "Orla Finn has resigned.")),
    ),
    (  # looking back
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-09", "The council met. Ana Ruiz resigned after the scandal over tolls."),
            ("2031-08-10", "The port is run by Rob Tye. Orla Finn had resigned over it."),
        ),
    ),
    (  # it has not happened yet
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-09", "Ana Ruiz will resign on 20 May 2030."),
            ("2031-08-10", "Orla Finn resigned on Monday."),
        ),
    ),
    (  # the day of something else
        "Which came first, the fire at Norvik or the flood in Tarn?",
        (
            ("2030-05-09", "Ana Ruiz on Tuesday visited the site of the fire at Norvik."),
            ("2031-08-10", "The flood in Tarn began on Monday."),
        ),
    ),
    (  # an anniversary
        "Which came first, the fire at Norvik or the flood in Tarn?",
        (
            ("2031-05-09", "Mourners marked the fire at Norvik on Tuesday."),
            ("2030-08-10", "The flood in Tarn began on Monday."),
        ),
    ),
    (  # a long time that holds the other
        "Who died first, Ana Ruiz or Orla Finn?",
        (("2031-05-09", "Ana Ruiz died in 2030."), ("2030-08-10", "Orla Finn died on 3 August 2030.")),
    ),
    (  # no date at all
        "Who died first, Ana Ruiz or Orla Finn?",
        (("", "Ana Ruiz has died."), ("2030-08-10", "Orla Finn died on 3 August 2030.")),
    ),
    (  # two days in one sentence
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-09", "Ana Ruiz, elected on 3 March, was on Tuesday told by Rob Tye, who resigned, to go."),
            ("2031-08-10", "Orla Finn resigned on Monday."),
        ),
    ),
    (  # the day of the saying
        "Which came first, the fire at Norvik or the flood in Tarn?",
        (
            ("2030-05-09", "The fire at Norvik was set on purpose, police said on Tuesday."),
            ("2030-08-10", "The flood in Tarn began on Monday."),
        ),
    ),
    (  # a deal for a fire brigade is no fire
        "Which came first, the emergency in Tarn or the outbreak in Norvik?",
        (
            (
                "2030-05-16",
                "The proclamation said the emergency in Tarn began on March 1, long before it was declared.",
            ),
            ("2030-03-02", "The ministry discussed on Monday what an outbreak in Norvik would mean."),
        ),
    ),
    (  # a former post
        "Who left first, the port's head or the mayor of Tarn?",
        (
            ("2030-05-16", "Rob Tye said on Monday that the port's head would leave on 1 June."),
            ("2030-07-16", "The mayor of Tarn left on Monday."),
        ),
    ),
    (  # two ages in one sentence
        "Who is older, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz, 61, took over from Rob Tye, 75."),
            ("2030-06-11", "Orla Finn, 44, sits on the council."),
        ),
    ),
    (  # the age of somebody else
        "Who is older, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz's brother, 61, runs the port."),
            ("2030-06-11", "Orla Finn, 44, sits on the council."),
        ),
    ),
    (  # years lie between
        "Who is older, Ana Ruiz or Orla Finn?",
        (
            ("2010-05-03", "Ana Ruiz, 44, runs the port."),
            ("2030-06-11", "Orla Finn, 61, sits on the council."),
        ),
    ),
    (  # not at her death
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz, 61, was elected."),
            ("2030-06-11", "Orla Finn died at 44."),
        ),
    ),
    (  # other units
        "Which bridge is longer, the Norvik Bridge or the Ostrey Bridge?",
        (
            ("2030-05-03", "The Norvik Bridge is 4.2 km long."),
            ("2030-06-11", "The Ostrey Bridge took 6 years to build."),
        ),
    ),
    (  # another currency
        "Which phone is cheaper, the Tellus Five or the Brim X?",
        (("2030-05-03", "The Tellus Five costs $499."), ("2030-06-11", "The Brim X costs €450.")),
    ),
    (  # a price cut by
        "Which phone is cheaper, the Tellus Five or the Brim X?",
        (
            ("2030-05-03", "The Tellus Five fell $50 to $499."),
            ("2030-06-11", "The Brim X costs $450."),
        ),
    ),
    (  # at least as many
        "Did more people die in the Norvik fire or in the Ostrey flood?",
        (
            ("2030-05-03", "The Norvik fire killed at least 9 people."),
            ("2030-06-11", "The Ostrey flood killed 39 people."),
        ),
    ),
    (  # reports differ
        "Did more people die in the Norvik fire or in the Ostrey flood?",
        (
            ("2030-05-03", "The Norvik fire killed 9 people. The Norvik fire killed 41 people."),
            ("2030-06-11", "The Ostrey flood killed 39 people."),
        ),
    ),
    (  # people, but not dead
        "Did more people die in the Norvik fire or in the Ostrey flood?",
        (
            ("2030-05-03", "The Norvik fire displaced 900 people."),
            ("2030-06-11", "The Ostrey flood killed 39 people."),
        ),
    ),
    (  # about as many
        "Which party won more seats, the Greens or the Union?",
        (
            ("2030-05-03", "The Greens won about 40 seats."),
            ("2030-06-11", "The Union won 41 seats."),
        ),
    ),
    (  # equal
        "Which party won more seats, the Greens or the Union?",
        (
            ("2030-05-03", "The Greens won 40 seats."),
            ("2030-06-11", "The Union won 40 seats."),
        ),
    ),
    (  # not won, lost
        "Which party won more seats, the Greens or the Union?",
        (
            ("2030-05-03", "The Greens lost 40 seats."),
            ("2030-06-11", "The Union won 20 seats."),
        ),
    ),
    (  # a computed difference stands nowhere
        "How many more people died in the Norvik fire than in the Ostrey flood?",
        (
            ("2030-05-03", "The Norvik fire killed 39 people."),
            ("2030-06-11", "The Ostrey flood killed 9 people."),
        ),
    ),
    (  # a list
        "Which parties were Ana Ruiz and Orla Finn standing for?",
        (
            ("2030-05-03", "Ana Ruiz stood for the Greens."),
            ("2030-06-11", "Orla Finn stood for the Union."),
        ),
    ),
    (  # announced is not in force
        "Which came first, the tariff on Brim steel or the tax on Osk oil?",
        (
            ("2030-05-03", "The government announced on 2 March 2030 a tariff on Brim steel. It took effect later."),
            ("2030-06-11", "The tax on Osk oil was introduced on 1 June."),
        ),
    ),
)

TRAPS: tuple[tuple[str, tuple[Story, ...], str], ...] = (
    (
        "Did both Tellus and Brim recall their phones?",
        (
            ("2030-05-03", "NORVIK (Wire) - Tellus recalled its phones on Monday after two fires."),
            ("2030-06-03", "Phone maker Brim has recalled its phones."),
        ),
        "Yes: both",
    ),
    (
        "Have Ana Ruiz and Orla Finn both quit?",
        (
            ("2030-05-03", "Ana Ruiz, who has led the port since 2021, quit on Monday."),
            ("2030-06-03", "Orla Finn abruptly quit on Friday."),
        ),
        "Yes: both",
    ),
    (
        "Did Ana Ruiz and Orla Finn both sign the pact?",
        (
            ("2030-05-03", "Mayor Ana Ruiz signed the pact on Monday."),
            ("2030-06-03", "On Friday, Orla Finn signed the pact."),
        ),
        "Yes: both",
    ),
    (
        "Did either Norvik or Ostrey ban cars?",
        (("2030-05-03", "The council of Norvik met."), ("2030-06-03", "Ostrey banned cars in May.")),
        "Yes: Ostrey",
    ),
    (
        "Who died first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz, a former port chief, died on Monday at her home in Tarn. She was 81."),
            ("2030-01-09", "The singer Orla Finn has died at 90, her family said."),
        ),
        "Orla Finn died before",
    ),
    (
        "Which came first, the Tarn bombing or the Norvik march?",
        (
            ("2030-05-03", "The Tarn bombing happened on 2 April 2030."),
            ("2030-05-20", "The Norvik march took place on Saturday."),
        ),
        "The Tarn bombing came before",
    ),
    (
        "Which was earlier, the Tarn summit or the Norvik vote?",
        (("2030-05-03", "The Tarn summit ended on Tuesday."), ("2030-05-30", "The Norvik vote was held on Sunday.")),
        "",
    ),
    (
        "Who resigned later, Ana Ruiz or Orla Finn?",
        (("2030-05-03", "Ana Ruiz resigned on 29 April."), ("2029-05-30", "Orla Finn resigned on Monday.")),
        "Ana Ruiz resigned after",
    ),
    (
        "Who was older when he died, Bo Tye or Lars Odd?",
        (
            ("2030-05-03", "Bo Tye has died aged 91."),
            ("2030-06-03", "Lars Odd died in Tarn at the age of 67, his family said."),
        ),
        "Bo Tye was older when he died: 91 against 67.",
    ),
    (
        "Which tower is taller, the Norvik Tower or the Tarn Spire?",
        (
            ("2030-05-03", "The Norvik Tower stands 310 metres tall."),
            ("2030-06-03", "The 280-metre Tarn Spire opened in 2011 and stands by the river."),
        ),
        "The Norvik Tower is taller",
    ),
    (
        "Which flood killed more people, the Tarn flood or the Ostrey flood?",
        (
            ("2030-05-03", "The Tarn flood killed 1,200 people."),
            ("2030-06-03", "The Ostrey flood killed nearly 90 people, officials said."),
        ),
        "The Tarn flood killed more people",
    ),
    (
        "Is Ana Ruiz older than Orla Finn?",
        (("2030-05-03", "Ana Ruiz (71) won."), ("2030-06-03", "Orla Finn, 44, lost.")),
        "Yes: 71 against 44.",
    ),
    (
        "Which company cut more jobs, Tellus or Brim?",
        (("2030-05-03", "Tellus cut 4,000 jobs in March."), ("2030-06-03", "Brim has cut 1,500 jobs.")),
        "Tellus cut more jobs",
    ),
    (
        "Did both Tellus and Brim recall their phones?",
        (
            ("2030-05-03", "Tellus recalled its phones on Monday."),
            ("2030-06-03", "Brim said it was weighing whether to follow Tellus, which recalled its phones."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim recall their phones?",
        (
            ("2030-05-03", "Tellus recalled its phones on Monday."),
            ("2030-06-03", "Brim recalled how phones were once built."),
        ),
        "",
    ),
    (
        "Did Ana Ruiz and Orla Finn both sign the pact?",
        (("2030-05-03", "Ana Ruiz signed the pact."), ("2030-06-03", "Orla Finn signed a letter against the pact.")),
        "",
    ),
    (
        "Did Ana Ruiz and Orla Finn both sign the pact?",
        (
            ("2030-05-03", "Ana Ruiz signed the pact."),
            ("2030-06-03", "Orla Finn signed neither the pact nor the letter."),
        ),
        "",
    ),
    (
        "Did Ana Ruiz and Orla Finn both win a seat?",
        (("2030-05-03", "Ana Ruiz won a seat."), ("2030-06-03", "Orla Finn won praise but no seat.")),
        "",
    ),
    (
        "Did Ana Ruiz and Orla Finn both win a seat?",
        (("2030-05-03", "Ana Ruiz won a seat."), ("2030-06-03", "The party of Orla Finn won a seat.")),
        "",
    ),
    (
        "Did Ana Ruiz and Orla Finn both win a seat?",
        (("2030-05-03", "Ana Ruiz won a seat."), ("2030-06-03", "Polls suggest Orla Finn won a seat.")),
        "",
    ),
    (
        "Did both Norvik and Ostrey ban cars?",
        (("2030-05-03", "Norvik banned cars."), ("2030-06-03", "In a play about Ostrey, Norvik banned cars.")),
        "",
    ),
    (
        "Did both Norvik and Ostrey ban cars?",
        (("2030-05-03", "Norvik banned cars."), ("2030-06-03", "Ostrey almost banned cars.")),
        "",
    ),
    (
        "Did both Norvik and Ostrey ban cars?",
        (("2030-05-03", "Norvik banned cars."), ("2030-06-03", "Ostrey banned cars, a court heard a rival claim.")),
        "",
    ),
    (
        "Who died first, Ana Ruiz or Orla Finn?",
        (("2030-05-03", "Ana Ruiz died on Monday."), ("2030-01-09", "Orla Finn on Sunday said her husband has died.")),
        "",
    ),
    (
        "Who died first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Monday."),
            ("2030-01-09", "Orla Finn has died a thousand deaths on stage since Monday."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (("2030-05-03", "Ana Ruiz resigned on Monday."), ("2030-01-09", "Orla Finn resigned effective on 1 March.")),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Monday."),
            ("2030-02-09", "Orla Finn resigned after a vote on 1 February."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz resigned on Monday. Ana Ruiz resigned in 2021 from her first post."),
            ("2030-02-09", "Orla Finn resigned on 1 February."),
        ),
        "",
    ),
    (
        "Which came first, the Tarn bombing or the Norvik march?",
        (
            ("2030-05-03", "The Tarn bombing trial began on Monday."),
            ("2030-05-20", "The Norvik march took place on Saturday."),
        ),
        "",
    ),
    (
        "Which came first, the Tarn bombing or the Norvik march?",
        (
            ("2030-05-03", "The Tarn bombing suspect was held on Monday."),
            ("2030-05-20", "The Norvik march took place on Saturday."),
        ),
        "",
    ),
    (
        "Which came first, the Tarn bombing or the Norvik march?",
        (
            ("2030-05-03", "A Tarn bombing survivor died on Monday."),
            ("2030-05-20", "The Norvik march took place on Saturday."),
        ),
        "",
    ),
    (
        "Which came first, the vote on the toll or the strike at the port?",
        (
            ("2030-05-03", "Rob Tye held a speech on Monday before the vote on the toll."),
            ("2030-05-20", "A strike at the port began on Monday."),
        ),
        "",
    ),
    (
        "Which came first, the vote on the toll or the strike at the port?",
        (
            ("2030-05-03", "The council held its vote on the toll on Thursday."),
            ("2030-05-20", "A strike at the port loomed on Monday as talks failed."),
        ),
        "",
    ),
    (
        "Which came first, the vote on the toll or the strike at the port?",
        (
            ("2030-05-03", "The council held its vote on the toll on Thursday."),
            ("2030-05-20", "A strike at the port was called off on Monday."),
        ),
        "",
    ),
    (
        "Which came first, the Tarn election or the Norvik fire?",
        (
            ("2030-05-03", "The Tarn election was postponed on Monday."),
            ("2030-05-20", "The Norvik fire broke out on Sunday."),
        ),
        "",
    ),
    (
        "Who was older when he died, Bo Tye or Lars Odd?",
        (("2030-05-03", "Bo Tye died when his son was 31."), ("2030-06-03", "Lars Odd died at the age of 67.")),
        "",
    ),
    (
        "Who was older when he died, Bo Tye or Lars Odd?",
        (
            ("2030-05-03", "Bo Tye has died, leaving a widow, Ana Tye, aged 91."),
            ("2030-06-03", "Lars Odd died at the age of 67."),
        ),
        "",
    ),
    (
        "Who is older, Bo Tye or Lars Odd?",
        (("2030-05-03", "Bo Tye, 3, the horse, won."), ("2030-06-03", "Lars Odd was 67 when he retired.")),
        "",
    ),
    (
        "Which tower is taller, the Norvik Tower or the Tarn Spire?",
        (
            ("2030-05-03", "A man fell 90 metres from the tall Norvik Tower."),
            ("2030-06-03", "The Tarn Spire stands 80 metres tall."),
        ),
        "",
    ),
    (
        "Which tower is taller, the Norvik Tower or the Tarn Spire?",
        (
            ("2030-05-03", "The Norvik Tower is 20 metres taller than the Tarn Spire."),
            ("2030-06-03", "The Tarn Spire stands 80 metres tall."),
        ),
        "",
    ),
    (
        "Which company cut more jobs, Tellus or Brim?",
        (("2030-05-03", "Tellus plans to cut 4,000 jobs."), ("2030-06-03", "Brim has cut 1,500 jobs.")),
        "",
    ),
    (
        "Which company cut more jobs, Tellus or Brim?",
        (("2030-05-03", "Rivals of Tellus cut 4,000 jobs."), ("2030-06-03", "Brim has cut 1,500 jobs.")),
        "",
    ),
    (
        "Which flood killed more people, the Tarn flood or the Ostrey flood?",
        (
            ("2030-05-03", "The Tarn flood killed 1,200 people."),
            ("2030-06-03", "The Ostrey flood drove 9,000 people from homes and killed nobody."),
        ),
        "",
    ),
    (
        "Which flood killed more people, the Tarn flood or the Ostrey flood?",
        (
            ("2030-05-03", "The Tarn flood killed 12 people."),
            ("2030-06-03", "Unlike the Ostrey flood, the 1913 storm killed 900 people."),
        ),
        "",
    ),
    (
        "Which party won more seats, the Greens or the Union?",
        (("2030-05-03", "The Greens won 41 seats."), ("2026-05-03", "The Union won 60 seats.")),
        "",
    ),
    (
        "Which party won more seats, the Greens or the Union?",
        (("2030-05-03", "The Greens won 41 seats more than last time."), ("2030-05-03", "The Union won 29 seats.")),
        "",
    ),
    (
        "Which phone is cheaper, the Tellus Five or the Brim X?",
        (("2030-05-03", "The Tellus Five costs $499."), ("2030-06-03", "A case for the Brim X costs $49.")),
        "",
    ),
    (
        "Which phone is cheaper, the Tellus Five or the Brim X?",
        (("2030-05-03", "The Tellus Five costs $499 a year."), ("2030-06-03", "The Brim X costs $649.")),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Brim sued the regulator last week, court papers show."),
        ),
        "Yes",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Brim, which makes ferries, has also sued the regulator."),
        ),
        "Yes",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Brim sued the regulator's former head."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Brim sued after the regulator fined it."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (("2030-05-03", "Tellus sued the regulator on Monday."), ("2030-06-03", "Brim was sued by the regulator.")),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (("2030-05-03", "Tellus sued the regulator on Monday."), ("2030-06-03", "Brim has not sued the regulator.")),
        "No: Brim did not sue the regulator.",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Had Brim sued the regulator, it would have won."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (("2030-05-03", "Tellus sued the regulator on Monday."), ("2030-06-03", "Brim's parent sued the regulator.")),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Shareholders of Brim sued the regulator."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Lawyers said Brim sued the regulator too late."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Brim sued the regulator, Tellus claimed."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "A group that includes Brim sued the regulator."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (("2030-05-03", "Tellus sued the regulator on Monday."), ("2030-06-03", "Brim and Osk sued the regulator.")),
        "Yes",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", "Not Brim sued the regulator but Osk."),
        ),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (("2030-05-03", "Tellus sued the regulator on Monday."), ("2030-06-03", "Brim nearly sued the regulator.")),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (("2030-05-03", "Tellus sued the regulator on Monday."), ("2030-06-03", "Did Brim sue the regulator?")),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (("2030-05-03", "Tellus sued the regulator on Monday."), ("2030-06-03", "Brim sued the regulator?")),
        "",
    ),
    (
        "Did both Tellus and Brim sue the regulator?",
        (
            ("2030-05-03", "Tellus sued the regulator on Monday."),
            ("2030-06-03", '"Brim sued the regulator", a placard read.'),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn resigned on Friday after weeks of protest."),
        ),
        "Orla Finn",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "On 2 June, Orla Finn resigned."),
        ),
        "Orla Finn",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn, who was elected on Sunday, resigned."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn resigned hours before a vote on Friday."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn resigned over remarks she made on Friday."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn resigned as her party met on Friday."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn resigned from the board that met on Friday."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (("2030-09-03", "Ana Ruiz resigned on Monday."), ("2030-06-03", "Orla Finn has resigned.")),
        "Orla Finn",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (("2030-09-03", "Ana Ruiz resigned on Monday."), ("2030-09-01", "Orla Finn has resigned.")),
        "Orla Finn",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Three years later Orla Finn resigned on a Friday."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (("2030-09-03", "Ana Ruiz resigned on Monday."), ("2030-06-03", "Orla Finn resigned in June 2029.")),
        "Orla Finn",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn resigned in the film, released on Friday."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn resigned, and on Friday Rob Tye followed."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (
            ("2030-09-03", "Ana Ruiz resigned on Monday."),
            ("2030-06-03", "Orla Finn resigned and Rob Tye was named on Friday."),
        ),
        "",
    ),
    (
        "Who resigned first, Ana Ruiz or Orla Finn?",
        (("2030-09-03", "Ana Ruiz resigned on Monday."), ("2030-06-03", "Orla Finn resigned last year.")),
        "Orla Finn",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (
            ("2030-09-03", "The Norvik fire broke out on Monday."),
            ("2030-06-03", "The Tarn flood on 1 June left 300 homeless."),
        ),
        "The Tarn flood",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (
            ("2030-09-03", "The Norvik fire broke out on Monday."),
            ("2030-06-03", "The Tarn flood victims were buried on Friday."),
        ),
        "",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (
            ("2030-09-03", "The Norvik fire broke out on Monday."),
            ("2030-06-03", "The Tarn flood inquiry began on Friday."),
        ),
        "",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (
            ("2030-09-03", "The Norvik fire broke out on Monday."),
            ("2030-06-03", "The Tarn flood appeal of June 2029 raised $3 million."),
        ),
        "",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (
            ("2030-09-03", "The Norvik fire broke out on Monday."),
            ("2030-06-03", "The Tarn flood in June 2029 killed nine."),
        ),
        "The Tarn flood",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (
            ("2030-09-03", "The Norvik fire broke out on Monday."),
            ("2030-06-03", "A Tarn flood on Friday would be a disaster."),
        ),
        "",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (
            ("2030-09-03", "The Norvik fire broke out on Monday."),
            ("2030-06-03", "The Tarn flood struck on Friday night."),
        ),
        "The Tarn flood",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (
            ("2030-09-03", "The Norvik fire broke out on Monday."),
            ("2030-06-03", "The Tarn flood was on the agenda on Friday."),
        ),
        "",
    ),
    (
        "Which came first, the Norvik fire or the Tarn flood?",
        (("2030-09-03", "The Norvik fire broke out on Monday."), ("2030-06-03", "The Tarn flood was on Friday.")),
        "The Tarn flood",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (
            ("2030-05-03", "The Norvik fire killed 20 people."),
            ("2030-06-03", "The Tarn fire killed 30 people and injured 9."),
        ),
        "The Tarn fire",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (
            ("2030-05-03", "The Norvik fire killed 20 people."),
            ("2030-06-03", "The Tarn fire killed 30 people, police said."),
        ),
        "The Tarn fire",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (
            ("2030-05-03", "The Norvik fire killed 20 people."),
            ("2030-06-03", "The Tarn fire killed 30 people, a rival claimed."),
        ),
        "",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (("2030-05-03", "The Norvik fire killed 20 people."), ("2030-06-03", "The Tarn fire killed 30 people a day.")),
        "",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (
            ("2030-05-03", "The Norvik fire killed 20 people."),
            ("2030-06-03", "30 people were killed in the Tarn fire."),
        ),
        "The Tarn fire",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (
            ("2030-05-03", "The Norvik fire killed 20 people."),
            ("2030-06-03", "The Tarn fire killed 30 people fewer than feared."),
        ),
        "",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (("2030-05-03", "The Norvik fire killed 20 people."), ("2030-06-03", "The Tarn fire killed some 30 people.")),
        "The Tarn fire",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (("2030-05-03", "The Norvik fire killed 20 people."), ("2030-06-03", "The Tarn fire killed up to 30 people.")),
        "",
    ),
    (
        "Which fire killed more people, the Norvik fire or the Tarn fire?",
        (("2030-05-03", "The Norvik fire killed 20 people."), ("2030-06-03", "The 1913 Tarn fire killed 30 people.")),
        "",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (("2030-05-03", "Ana Ruiz died on Monday at the age of 70."), ("2030-06-03", "Orla Finn died at 90.")),
        "Orla Finn",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Monday at the age of 70."),
            ("2030-06-03", "Orla Finn died at the age of 90 in the house in which she was born."),
        ),
        "Orla Finn",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (("2030-05-03", "Ana Ruiz died on Monday at the age of 70."), ("2030-06-03", "Orla Finn's mother died at 90.")),
        "",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Monday at the age of 70."),
            ("2030-06-03", "Orla Finn died at 7.30 on Monday."),
        ),
        "",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Monday at the age of 70."),
            ("2030-06-03", "Orla Finn died at 90 Harbour Street."),
        ),
        "",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Monday at the age of 70."),
            ("2030-06-03", "Orla Finn died with Rob Tye, aged 90."),
        ),
        "",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Monday at the age of 70."),
            ("2030-06-03", "The 90-year-old Orla Finn has died."),
        ),
        "Orla Finn",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Monday at the age of 70."),
            ("2030-06-03", "The 90-year-old mother of Orla Finn has died."),
        ),
        "",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (("2030-05-03", "Ana Ruiz died on Monday at the age of 70."), ("2030-06-03", "Orla Finn, 90, fears death.")),
        "",
    ),
    (
        "Who was older when she died, Ana Ruiz or Orla Finn?",
        (
            ("2030-05-03", "Ana Ruiz died on Monday at the age of 70."),
            ("2030-06-03", "Orla Finn, 90, said her sister died."),
        ),
        "",
    ),
    (
        "Which river is longer, the Osk or the Brim?",
        (("2030-05-03", "The Osk is 300 km long."), ("2030-06-03", "The Brim is 900 km long.")),
        "The Brim",
    ),
    (
        "Which river is longer, the Osk or the Brim?",
        (("2030-05-03", "The Osk is 300 km long."), ("2030-06-03", "The Brim runs 900 km from Tarn to the sea.")),
        "The Brim",
    ),
    (
        "Which river is longer, the Osk or the Brim?",
        (("2030-05-03", "The Osk is 300 km long."), ("2030-06-03", "The Brim valley is 900 km long.")),
        "",
    ),
    (
        "Which river is longer, the Osk or the Brim?",
        (("2030-05-03", "The Osk is 300 km long."), ("2030-06-03", "The Brim is 900 km away.")),
        "",
    ),
    (
        "Which river is longer, the Osk or the Brim?",
        (("2030-05-03", "The Osk is 300 km long."), ("2030-06-03", "The Brim is 900 km north of Tarn.")),
        "",
    ),
    (
        "Which river is longer, the Osk or the Brim?",
        (("2030-05-03", "The Osk is 300 km long."), ("2030-06-03", "The Brim stretches 900 km longer than the Osk.")),
        "",
    ),
    (
        "Which river is longer, the Osk or the Brim?",
        (("2030-05-03", "The Osk is 300 km long."), ("2030-06-03", "The Brim is 900 miles long.")),
        "",
    ),
    (
        "Which car is cheaper, the Tellus Go or the Brim Up?",
        (("2030-05-03", "The Tellus Go costs $20,000."), ("2030-06-03", "The Brim Up costs $15,000.")),
        "The Brim Up",
    ),
    (
        "Which car is cheaper, the Tellus Go or the Brim Up?",
        (("2030-05-03", "The Tellus Go costs $20,000."), ("2030-06-03", "The Brim Up costs $300 a month.")),
        "",
    ),
    (
        "Which car is cheaper, the Tellus Go or the Brim Up?",
        (("2030-05-03", "The Tellus Go costs $20,000."), ("2030-06-03", "The Brim Up costs $300 per month.")),
        "",
    ),
    (
        "Which car is cheaper, the Tellus Go or the Brim Up?",
        (
            ("2030-05-03", "The Tellus Go costs $20,000."),
            ("2030-06-03", "The Brim Up costs $3,000 more than the old one."),
        ),
        "",
    ),
    (
        "Which car is cheaper, the Tellus Go or the Brim Up?",
        (
            ("2030-05-03", "The Tellus Go costs $20,000."),
            ("2030-06-03", "The Brim Up costs $15,000, after a $5,000 grant."),
        ),
        "",
    ),
    (
        "Which party won more seats, the Greens or the Union?",
        (("2030-05-03", "The Greens won 41 seats."), ("2030-06-03", "The Union won 60 seats.")),
        "The Union",
    ),
    (
        "Which party won more seats, the Greens or the Union?",
        (("2030-05-03", "The Greens won 41 seats."), ("2030-06-03", "The Union won 60 of 100 seats.")),
        "",
    ),
    (
        "Which party won more seats, the Greens or the Union?",
        (("2030-05-03", "The Greens won 41 seats."), ("2030-06-03", "The Union and its allies won 60 seats.")),
        "",
    ),
)
"""With how the decision begins; "": none may be made. The first rules got 22 of these 124 wrong."""

OTHER_DEEDS: tuple[tuple[str, tuple[Story, ...]], ...] = (
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."), ("2030-05-09", "Tom Oda resigned as deputy mayor.")),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda resigned as acting mayor on Monday."),
        ),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."), ("2030-05-09", "Tom Oda resigned as mayor-elect.")),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda resigned as mayor of a toy town."),
        ),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda resigned as the mayor's aide."),
        ),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda resigned as an aide and mayor."),
        ),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda resigned as mayor pro tempore."),
        ),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda resigned in the play as mayor."),
        ),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda did not resign as mayor on Monday."),
        ),
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda did not resign as mayor because of the toll."),
        ),
    ),
    ("Did both Norvik and Ostrey win?", (("2030-05-03", "Norvik won."), ("2030-05-09", "Ostrey won applause."))),
    ("Did both Norvik and Ostrey win?", (("2030-05-03", "Norvik won praise."), ("2030-05-09", "Ostrey won praise."))),
    (
        "Did both Norvik and Ostrey win?",
        (("2030-05-03", "Norvik won on Sunday."), ("2030-05-09", "Ostrey won over the crowd.")),
    ),
    ("Did both Norvik and Ostrey win?", (("2030-05-03", "Norvik won."), ("2030-05-09", "South Ostrey won."))),
    (
        "Did both Norvik and Ostrey win?",
        (("2030-05-03", "Norvik won."), ("2030-05-09", "Ostrey won two of six races.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the cup tie.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the junior cup.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the under-21 cup.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the women's cup.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the cup-tie.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the cup of coffee.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won a cup.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the cup's first tie.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the league and cup.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey won the cup, but only on paper.")),
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (("2030-05-03", "Norvik won the cup."), ("2030-05-09", "Ostrey informally won the cup.")),
    ),
    (
        "Did both Norvik and Ostrey attend the summit?",
        (("2030-05-03", "Norvik attended the summit."), ("2030-05-09", "Ostrey attended the summit dinner.")),
    ),
    (
        "Did both Norvik and Ostrey attend the summit?",
        (("2030-05-03", "Norvik attended the summit."), ("2030-05-09", "Ostrey attended the summit in Tarn.")),
    ),
    (
        "Did both Ana Ruiz and Tom Oda leave the union?",
        (("2030-05-03", "Ana Ruiz left the union."), ("2030-05-09", "Tom Oda left the union hall.")),
    ),
    (
        "Did both Ana Ruiz and Tom Oda leave the union?",
        (("2030-05-03", "Ana Ruiz left the union."), ("2030-05-09", "Tom Oda left the union and management talks.")),
    ),
    (
        "Did both Ana Ruiz and Tom Oda leave office?",
        (("2030-05-03", "Ana Ruiz left office."), ("2030-05-09", "Tom Oda left the office at noon.")),
    ),
    (
        "Did both Tellus and Brim raise wages?",
        (("2030-05-03", "Tellus raised wages in May."), ("2030-05-09", "Brim raised wages as an issue.")),
    ),
    (
        "Did both Tellus and Brim raise wages?",
        (("2030-05-03", "Tellus raised wages in May."), ("2030-05-09", "Brim raised the wages question.")),
    ),
    (
        "Did both Norvik and Ostrey ban cars?",
        (("2030-05-03", "Norvik banned cars from its old town."), ("2030-05-09", "Ostrey banned cars on Monday.")),
    ),
    (
        "Did both Norvik and Ostrey ban cars?",
        (("2030-05-03", "Norvik temporarily banned cars."), ("2030-05-09", "Ostrey banned cars on Monday.")),
    ),
    (
        "Did both Norvik and Ostrey ban cars in 2029?",
        (("2030-05-03", "Norvik banned cars in 2029."), ("2030-05-09", "Ostrey banned cars in May in 2029.")),
    ),
    (
        "Did either Ana Ruiz or Tom Oda resign?",
        (("2030-05-03", "Ana Ruiz met the council."), ("2030-05-09", "Tom Oda resigned as captain of his team.")),
    ),
    (
        "Did Ana Ruiz and Tom Oda both resign?",
        (("2030-05-03", "Ana Ruiz resigned on Tuesday as head of the port."), ("2030-05-09", "Tom Oda has resigned.")),
    ),
    (
        "Did Ana Ruiz and Tom Oda both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned as captain of her team."),
            ("2030-05-09", "Tom Oda resigned as captain of her team."),
        ),
    ),
    (
        "Did Ana Ruiz and Tom Oda both resign?",
        (("2030-05-03", "Ana Ruiz resigned."), ("2030-05-09", "Tom Oda did not resign on Monday.")),
    ),
    (
        "Did Huawei and FedEx both sue the commerce department?",
        (
            ("2030-05-03", "Huawei sued the Commerce Department on Friday."),
            ("2030-05-09", "FedEx has sued the U.S. Commerce Department."),
        ),
    ),
    (
        "Who left first, Ana Ruiz or Tom Oda?",
        (
            ("2030-05-25", "Ana Ruiz left the party on 2 May 2030."),
            ("2030-05-30", "Tom Oda left hospital on 20 May 2030."),
        ),
    ),
    (
        "Who left first, Ana Ruiz or Tom Oda?",
        (
            ("2030-05-25", "Ana Ruiz left the port on 2 May 2030."),
            ("2030-05-30", "Tom Oda left the council on 20 May 2030."),
        ),
    ),
    (
        "Who left first, Ana Ruiz or Tom Oda?",
        (("2030-05-25", "Ana Ruiz left on 2 May 2030."), ("2030-05-30", "Tom Oda left the stage on 20 May 2030.")),
    ),
    (
        "Who left first, Ana Ruiz or Tom Oda?",
        (
            ("2030-05-25", "Ana Ruiz left his party on 2 May 2030."),
            ("2030-05-30", "Tom Oda left his party on 20 May 2030."),
        ),
    ),
    (
        "Who left first, Ana Ruiz or Tom Oda?",
        (("2030-05-25", "Ana Ruiz left for Tarn on 2 May 2030."), ("2030-05-30", "Tom Oda left on 20 May 2030.")),
    ),
    (
        "Who resigned first, Ana Ruiz or Tom Oda?",
        (
            ("2030-05-03", "Ana Ruiz resigned on 2 May 2030."),
            ("2030-05-09", "Tom Oda resigned as captain of his team in 2012."),
        ),
    ),
    (
        "Who resigned first, Ana Ruiz or Tom Oda?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on 2 May 2030."),
            ("2030-05-09", "Tom Oda resigned as deputy mayor on 20 April 2030."),
        ),
    ),
    (
        "Who left the party first, Ana Ruiz or Tom Oda?",
        (
            ("2030-05-03", "Ana Ruiz left the party on 2 May 2030."),
            ("2030-05-09", "Tom Oda left the party conference on 20 April 2030."),
        ),
    ),
    (
        "Who died first, Ana Ruiz or Tom Oda?",
        (("2030-05-03", "Ana Ruiz died on 2 May 2030."), ("2030-05-09", "Tom Oda died on stage on 20 April 2030.")),
    ),
)
"""The words asked for in a sentence that tells of something else. The rules before answered 44 of these 50."""

PLAIN_DEEDS: tuple[tuple[str, tuple[Story, ...], str], ...] = (
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."),
            ("2030-05-09", "Tom Oda has resigned as mayor, his office said."),
        ),
        "Yes: both Ana Ruiz and Tom Oda.",
    ),
    (
        "Did both Ana Ruiz and Tom Oda resign as mayor?",
        (("2030-05-03", "Ana Ruiz resigned as mayor on Tuesday."), ("2030-05-09", "Tom Oda did not resign as mayor.")),
        "No: Tom Oda did not resign as mayor.",
    ),
    (
        "Did both Norvik and Ostrey win the cup?",
        (
            ("2030-05-03", "Norvik won the cup in April."),
            ("2030-05-09", "Ostrey won the cup on Sunday after a strike."),
        ),
        "Yes: both Norvik and Ostrey.",
    ),
    (
        "Did both Norvik and Ostrey win?",
        (("2030-05-03", "Norvik won on Sunday."), ("2030-05-09", "Ostrey has won.")),
        "Yes: both Norvik and Ostrey.",
    ),
    (
        "Did both Tellus and Brim raise wages?",
        (
            ("2030-05-03", "Tellus raised wages in May 2030, its first rise."),
            ("2030-05-09", "Brim has raised wages for the second year."),
        ),
        "Yes: both Tellus and Brim.",
    ),
    (
        "Did both Norvik and Ostrey ban cars in 2029?",
        (("2030-05-03", "Norvik banned cars in 2029."), ("2030-05-09", "Ostrey banned cars in 2029.")),
        "Yes: both Norvik and Ostrey.",
    ),
    (
        "Did Ana Ruiz and Tom Oda both resign?",
        (
            ("2030-05-03", "Ana Ruiz resigned from the board on Tuesday."),
            ("2030-05-09", "Tom Oda has resigned from the board."),
        ),
        "Yes: both Ana Ruiz and Tom Oda.",
    ),
    (
        "Who left first, Ana Ruiz or Tom Oda?",
        (
            ("2030-05-03", "Ana Ruiz left the party on 2 May 2030."),
            ("2030-05-09", "Tom Oda left the party on 20 April 2030."),
        ),
        "Tom Oda left before Ana Ruiz.",
    ),
    (
        "Who resigned first, Ana Ruiz or Tom Oda?",
        (
            ("2030-05-03", "Ana Ruiz resigned as mayor on 2 May 2030."),
            ("2030-05-09", "Tom Oda resigned on 20 April 2030 as mayor."),
        ),
        "Tom Oda resigned before Ana Ruiz.",
    ),
)
