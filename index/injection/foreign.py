"""The wordings in which texts in other languages than English speak to a language model. Judges nothing."""

from __future__ import annotations

from index.injection.family import family

FOREIGN = (
    # What came before does not count: Romance, Germanic and Slavic languages that say so by a word like "ignore".
    family(
        "ignor",
        r"\bignorier(?:e|en sie|t)\b.{0,40}\b(?:vorherig|bisherig|vorig|obig|vorangegangen|früher|vorausgehend)\w*\W+"
        r"(?:\w+\W+)?(?:anweisung|instruktion|vorgabe|befehl|regel|prompt|angabe|auftrag|aufträge|aufgabe|text)",
        r"\bignorieren? sie (?:das|alles) (?:obige|vorherige|bisherige)\b",
        r"\bignore[zr]?\b.{0,30}\b(?:instructions?|consignes?|directives?|ordres)\W+(?:\w+\W+)?(?:précédente?s?|"
        r"antérieure?s?|ci-dessus)",
        r"\bignor(?:a|e|en|ar|ate)\b.{0,30}\b(?:instrucciones|órdenes|indicaciones|reglas|instruções|ordens|regras|"
        r"comandos|istruzioni|indicazioni|regole|comandi)\W+(?:\w+\W+)?(?:anterior|previ|prévi|precedent|acima|sopra|"
        r"de arriba)",
        r"\b(?:zignoruj|ignoruj)\b.{0,40}\b(?:poprzedni|wcześniejsz|powyższ)\w*\W+(?:instrukcj|polece|wytyczn)",
        r"\bignorer(?:a)?\b.{0,30}\b(?:tidigare|föregående|tidligere|forrige|foregående)\W+(?:instruktion|instruks)",
    ),
    # The same by words of their own, in these and in Dutch, Turkish, Indonesian and Vietnamese.
    family(
        "vergiss|vergessen sie|missachte|beachte|negeer|vergeet|oublie|pas compte|olvid|caso omiso|esqueça|"
        "desconsidere|dimentica|zapomnij|talimat|abaikan|bỏ qua|glöm|glem",
        r"\b(?:vergiss|vergessen sie|missachten?|beachten?)\b.{0,40}\b(?:vorherig|bisherig|vorig|obig|vorangegangen)\w*"
        r"\W+(?:\w+\W+)?(?:anweisung|instruktion|vorgabe|befehl|regel|prompt|angabe|auftrag|aufträge|aufgabe|text)",
        r"\b(?:vergiss|vergessen sie) alles(?: davor| zuvor|, was [^.!?]{0,30}(?:bisher|zuvor|vorher|oben))\b",
        r"\b(?:negeer|vergeet)\b.{0,30}\b(?:vorige|eerdere|voorgaande|bovenstaande)\W+(?:instructies|opdrachten|regels|"
        r"prompts?)",
        r"\b(?:oublie[zr]?|pas compte des?)\b.{0,30}\b(?:instructions?|consignes?|directives?)\W+(?:\w+\W+)?(?:"
        r"précédente?s?|antérieure?s?|ci-dessus)",
        r"\bolvid[ae] todo (?:lo )?(?:que (?:dije|te dije|se dijo)|anterior)\b|\boublie[zr]? tout ce qui précède\b",
        r"\b(?:olvid[ae]|caso omiso|esqueça|desconsidere|dimentica(?:te)?)\b.{0,30}\b(?:instrucciones|órdenes|reglas|"
        r"instruções|regras|istruzioni|regole)\W+(?:\w+\W+)?(?:anterior|previ|prévi|precedent|acima|sopra)",
        r"\bzapomnij\b.{0,40}\b(?:poprzedni|wcześniejsz|powyższ)\w*\W+(?:instrukcj|polece|wytyczn)",
        r"\bönceki\b.{0,20}\btalimat\w*\b.{0,20}\b(?:yok say|unut|görmezden gel|dikkate alma)",
        r"\babaikan\b.{0,30}\b(?:instruksi|perintah)\b.{0,20}\b(?:sebelumnya|di atas)",
        r"\bbỏ qua\b.{0,30}\b(?:hướng dẫn|chỉ dẫn|chỉ thị)\b.{0,20}\btrước",
        r"\b(?:glöm|glem)\b.{0,30}\b(?:tidigare|föregående|tidligere|forrige)\W+(?:instruktion|instruks)",
    ),
    # Russian, Ukrainian; Chinese, Japanese, Korean; Arabic, Persian, Hindi.
    family(
        "игнорируй|ігноруй|забудь",
        r"(?:игнорируй|забудь)(?:те)?\b.{0,30}(?:предыдущ|прежн|вышеуказанн|предшествующ)\w*\W+(?:\w+\W+)?"
        r"(?:инструкци|указани|команд|правил)",
        r"(?:ігноруй|забудь)(?:те)?\b.{0,30}(?:попередн|вищезазначен)\w*\W+(?:\w+\W+)?(?:інструкці|вказів|команд)",
    ),
    family(
        "指令|指示|提示|说明|說明|命令|规则|プロンプト|ルール|지시|명령|지침|프롬프트",
        r"(?:忽略|無視|无视|忘记|忘記|不要理会|不理会).{0,12}(?:指令|指示|提示|说明|說明|命令|规则)",
        r"(?:指示|命令|プロンプト|ルール)を?.{0,6}(?:無視|忘れて)",
        r"(?:이전|위의?|앞선|앞의).{0,10}(?:지시|명령|지침|프롬프트).{0,8}(?:무시|잊)",
    ),
    family(
        "تجاهل|انس|دستور|निर्देश",
        r"(?:تجاهل|انسَ?).{0,20}(?:التعليمات|الأوامر|الإرشادات).{0,15}(?:السابقة|أعلاه)",
        r"دستور\w*.{0,12}(?:قبلی|پیشین).{0,20}(?:نادیده|فراموش)",
        r"(?:पिछले|पहले के|उपरोक्त).{0,12}निर्देश.{0,20}(?:अनदेखा|अनदेखी|भूल|नज़रअंदाज़)",
    ),
    # What the reply shall be.
    family(
        "antwort|répond|respond|rispond|antwoord|odpowi|svara|du bist|sie sind|отвеча|ответь|"
        "回答|回复|回覆|输出|輸出|答え|出力|대답|답변|출력|أجب|اكتب",
        r"\bantworten? (?:sie )?(?:nur|ausschließlich|immer|stets) (?:mit|auf)\b",
        r"\brépond(?:s|ez) (?:uniquement|seulement|toujours)\b|\brispond(?:i|ete) (?:solo|soltanto|sempre)\b",
        r"\brespond[ae] (?:solo|sólo|solamente|únicamente|siempre|apenas|somente|sempre)\b",
        r"\bantwoord (?:alleen|uitsluitend|altijd) (?:met|in)\b|\bodpowi(?:adaj|edz) (?:tylko|zawsze)\b",
        r"\bsvara (?:endast|bara|alltid)\b",
        r"\b(?:du bist|sie sind) (?:jetzt|nun|ab sofort) (?:ein|eine|der|die)\b.{0,25}\b(?:assistent|ki|chatbot|"
        r"sprachmodell)\w*",
        r"\b(?:отвечай|ответь)(?:те)? (?:только|всегда)\b",
        r"(?:只|仅|僅)(?:需|能|要)?(?:回答|回复|回覆|输出|輸出)|请(?:只|仅|直接)(?:回答|回复|输出)",
        r"とだけ(?:答え|回答し|出力し)(?:て|なさい)|만 (?:대답|답변|출력)(?:하|해)",
        r"(?:أجب|اكتب) (?:فقط|دائما|دائمًا)",
    ),
)
