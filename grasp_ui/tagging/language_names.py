"""What languages are called, to see which one a text asks for."""

import re
from functools import cache, lru_cache

# Names in English, then as others say it: in its own language, German, French, Spanish, Italian.
NAMES: dict[str, str] = {
    "en": "english englisch anglais inglés ingles inglese inglês engels английском английский"
    " angielski angielsku engelska engelsk ingilizce englanniksi",
    "de": "german deutsch deutsche deutschen allemand alemán aleman tedesco alemão duits"
    " немецком немецкий niemiecki niemiecku tyska almanca",
    "fr": "french französisch franzoesisch français francais francés frances francese francês"
    " frans французском французский francuski francusku franska fransızca",
    "es": "spanish spanisch espagnol español espanol castellano spagnolo espanhol spaans"
    " испанском испанский hiszpański hiszpańsku spanska ispanyolca",
    "it": "italian italienisch italien italiano italiana italiaans итальянском итальянский",
    "pt": "portuguese portugiesisch portugais portugués portugues portoghese português",
    "nl": "dutch niederländisch holländisch néerlandais holandés olandese nederlands",
    "pl": "polish polnisch polonais polaco polacco polski polsku",
    "ru": "russian russisch russe ruso russo русском русский русски",
    "uk": "ukrainian ukrainisch ukrainien ucraniano ucraino українською українська",
    "cs": "czech tschechisch tchèque checo ceco čeština česky češtině",
    "sk": "slovak slowakisch slovaque eslovaco slovenčina slovensky",
    "sv": "swedish schwedisch suédois sueco svedese svenska",
    "no": "norwegian norwegisch norvégien noruego norvegese norsk",
    "da": "danish dänisch danois danés danese dansk",
    "fi": "finnish finnisch finnois finlandés finlandese suomi suomeksi",
    "hu": "hungarian ungarisch hongrois húngaro ungherese magyar magyarul",
    "ro": "romanian rumänisch roumain rumano rumeno română",
    "el": "greek griechisch grec griego greco ελληνικά",
    "tr": "turkish türkisch turc turco türkçe",
    "ar": "arabic arabisch arabe árabe arabo العربية",
    "he": "hebrew hebräisch hébreu hebreo ebraico עברית",
    "fa": "persian farsi persisch persan persa فارسی",
    "hi": "hindi हिन्दी हिंदी",
    "bn": "bengali bangla বাংলা",
    "ur": "urdu اردو",
    "ta": "tamil தமிழ்",
    "te": "telugu",
    "th": "thai thailändisch ไทย",
    "vi": "vietnamese vietnamesisch vietnamien việt",
    "id": "indonesian indonesisch bahasa indonesia",
    "ms": "malay malaiisch melayu",
    "tl": "tagalog filipino",
    "sw": "swahili kiswahili",
    "la": "latin latein latina latino",
    "eo": "esperanto",
    "ga": "irish gaelic gaeilge",
    "cy": "welsh cymraeg",
    "is": "icelandic isländisch íslenska",
    "ca": "catalan katalanisch català catalán",
    "eu": "basque baskisch euskara",
    "hr": "croatian kroatisch hrvatski",
    "sr": "serbian serbisch srpski српски",
    "bg": "bulgarian bulgarisch български",
    "lt": "lithuanian litauisch lietuvių",
    "lv": "latvian lettisch latviešu",
    "et": "estonian estnisch eesti",
    "af": "afrikaans",
    "zh": "chinese mandarin cantonese chinesisch chinois chino cinese",
    "ja": "japanese japanisch japonais japonés giapponese",
    "ko": "korean koreanisch coréen coreano",
}
# Written without spaces: looked for as they stand.
WIDE_NAMES: dict[str, str] = {
    "en": "英语 英文 英語 영어",
    "de": "德语 德文 ドイツ語 독일어",
    "fr": "法语 法文 フランス語 프랑스어",
    "es": "西班牙语 西班牙文 スペイン語 스페인어",
    "it": "意大利语 イタリア語",
    "ru": "俄语 ロシア語",
    "zh": "中文 汉语 漢語 普通话 中国語 중국어",
    "ja": "日语 日文 日本語 일본어",
    "ko": "韩语 韩文 韓国語 한국어",
}
# Words by which another language is asked for without its name.
ANY = re.compile(
    r"\b(?:translat\w*|(?:multi|bi)lingual\w*|(?:foreign|other|another|native|different|my|your|own"
    r"|mother|target|same|original|source|which) (?:languages?|tongue)|übersetz\w*|tradui\w*"
    r"|traduc\w*|traduz\w*|tradurre|traduire|vertaal\w*|vertal\w*|przetłumacz\w*|tłumacz\w*"
    r"|перевед\w*|перевод\w*|översätt\w*|oversæt\w*|çevir\w*"
    r"|(?:anderen|autre|otro|otra|altra) (?:sprache|langue|idioma|lengua|lingua))\b"
    r"|翻译|翻譯|翻訳|訳して|번역",
    re.I,
)
# The codes that fastText's model of 176 languages knows.
CODES_LIST = (
    "af als am an ar arz as ast av az azb ba bar bcl be bg bh bn bo bpy br bs bxr ca cbk ce ceb"
    " ckb co cs cv cy da de diq dsb dty dv el eml en eo es et eu fa fi fr frr fy ga gd gl gn gom"
    " gu gv he hi hif hr hsb ht hu hy ia id ie ilo io is it ja jbo jv ka kk km kn ko krc ku kv"
    " kw ky la lb lez li lmo lo lrc lt lv mai mg mhr min mk ml mn mr mrj ms mt mwl my myv mzn"
    " nah nap nds ne new nl nn no oc or os pa pam pfl pl pms pnb ps pt qu rm ro ru rue sa sah sc"
    " scn sco sd sh si sk sl so sq sr su sv sw ta te tg th tk tl tr tt tyv ug uk ur uz vec vep"
    " vi vls vo wa war wuu xal xmf yi yo yue zh"
)
CODES = frozenset(CODES_LIST.split())
OTHER_CODES = {"nb": "no", "fil": "tl", "iw": "he", "cmn": "zh", "in": "id"}
WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1024)
def languages_named(text: str) -> frozenset[str]:
    """The codes of the languages that `text` names, in whatever language.

    Example:
        >>> sorted(languages_named("Sag es auf Englisch, and then in French, 用中文"))
        ['en', 'fr', 'zh']
    """
    names = _codes_by_name()
    spoken = {names[word] for word in WORD.findall(text.lower()) if word in names}
    wide = {code for code, some in WIDE_NAMES.items() if any(map(text.__contains__, some.split()))}
    return frozenset(spoken | wide)


@lru_cache(maxsize=1024)
def asks_for_another_language(text: str) -> bool:
    """Whether `text` speaks of translating, or of another language without naming it.

    Example:
        >>> asks_for_another_language("Translate it."), asks_for_another_language("Explain it.")
        (True, False)
    """
    return ANY.search(text) is not None


def code_of(declared: str) -> str | None:
    """The code of a language by its code (with a region or not) or its name.

    None where it is unknown, or several are named.

    Example:
        >>> code_of("de-AT"), code_of("German"), code_of("Français"), code_of("any")
        ('de', 'de', 'fr', None)
    """
    stem = re.split(r"[-_]", declared.strip().lower())[0]
    stem = OTHER_CODES.get(stem, stem)
    if stem in CODES:
        return stem
    named = languages_named(declared)
    return next(iter(named)) if len(named) == 1 else None


@cache
def _codes_by_name() -> dict[str, str]:
    return {name: code for code, names in NAMES.items() for name in names.split()}
