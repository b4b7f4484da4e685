"""A word list that is small enough to see what each rule does."""

SMALL = """
inflections: english
endings: [ku, nya]
fillers: [just, aja, banget, terus]
joins: [terus, but]
watched: [mati, bunuh, suicide, myself, ~kill]
ordinary: [butuh, skilled]
common: [i, to, aku]
spellings:
  aku: [gue, gw]
  tidak: [ga, nggak]
  ingin: [pengen]
  want to: [wanna]
  i am: [i'm, im]
  do not: [don't]
persons:
  self: [aku, i, me]
  you: [you, kamu]
  other: [she, my friend, temanku]
  people: [people]
  breaks: [makes, because]
negation: [tidak, not]
times:
  past: [dulu, years ago, used to]
  now: [now]
  soon: [tonight]
  still: [masih, again]
frames:
  news: {lowers to: blue, words: [berita]}
  game: {lowers to: blue, within: sentence, writer too: yes, unless: [serius], words: [game]}
  food: {lowers to: yellow, within: sentence, writer too: yes, spares: [E], words: [seblak]}
  load: {lowers to: yellow, within: sentence, writer too: yes, words: [homework], only with: [omg]}
  trifle: {lowers to: yellow, within: message, writer too: yes, words: [my fly, if ... wifi]}
  joke: {lowers to: yellow, within: sentence, writer too: yes, words: [lol, 😂]}
slots:
  want: [ingin, mau, want to, going to]
  die: [mati, die, "{end} hidup"]
  end: [akhiri, udahin]
  suicide: ["bunuh diri", "~kill myself", suicide]
idioms:
  - mau mati lampu
  - mati aku
  - die of laughter
  - my phone ... die
categories:
  A:
    title: Thoughts of suicide
    urgent: yes
    adds up: yes
    phrases:
      red:
        - "{want} {die}"
        - "{want} {suicide}"
        - "{suicide}"
        - "tidak {want} hidup"
        - "take [all] my pills/tablets ... tonight"
        - "sudah tidak kuat ."
        - "mau .. koit"
        - ". tolong bunuh aku ."
      yellow:
        - "{want} menghilang"
        - "aku beban"
        - "bunuh aku"
      blue:
        - diputusin
  E:
    title: Violence
    flags: [abuse]
    about: anyone
    phrases:
      red: ["she hits me", "locks me in"]
  J:
    title: Panic
    replaces: yes
    phrases:
      yellow: ["kayak mau mati"]
  N:
    title: Distress
    asks: no
    phrases:
      blue: [lelah]
      yellow: [hampa]
"""
