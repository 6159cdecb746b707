"""The numbers of people and businesses: what is wrong with one, what it says, and how it is masked.

`fault_of_x` takes a value as `tidy_number` returns it and gives None, or what is wrong and what to do about it.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from edge.domain.text import Text

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
ID_CHECK = "10X98765432"
PROVINCES = frozenset(str(code) for code in (
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52, 53, 54,
    61, 62, 63, 64, 65, 71, 81, 82, 83))
CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DROPPED = re.compile(r"[\s\u2000-\u200f\u2028-\u202f\u205f\u2060\u3000\ufeff·•.,，．\-－‐‑–—_]+")


def tidy_number(raw: str) -> str:
    """Return `raw` as a machine writes it: full-width to half-width, capital letters, no spaces, dots or dashes."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", raw)).upper()


def _length_fault(value: str, length: int, name: Text) -> Text | None:
    """Say how many characters are missing or too many."""
    gap = length - len(value)
    if gap > 0:
        return Text(f"还差 {gap} 位。{name.zh}一共 {length} 位。",
                    f"{gap} more needed. {name.en} has {length} characters.")
    if gap < 0:
        return Text(f"多了 {-gap} 位。{name.zh}一共 {length} 位。",
                    f"{-gap} too many. {name.en} has {length} characters.")
    return None


def id_check_character(body: str) -> str:
    """Return the 18th character for 17 digits. Source: GB 11643-1999, 4.2.4 (ISO 7064 MOD 11-2)."""
    return ID_CHECK[sum(weight * int(digit) for weight, digit in zip(ID_WEIGHTS, body, strict=True)) % 11]


def _born(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def fault_of_id_number(value: str, today: date | None = None) -> Text | None:
    """Return what is wrong with a resident's ID number: length, form, province, birth date, check character.

    A birth date after `today`, where given, does not exist either. Source: GB 11643-1999.
    """
    fault = _length_fault(value, 18, Text("身份证号码", "An ID number"))
    if fault:
        return fault
    if not re.fullmatch(r"[0-9]{17}[0-9X]", value):
        return Text("身份证号码只有数字，最后一位可能是 X。请对着身份证改。",
                    "An ID number holds digits only; the last place may be X. Please correct it from the card.")
    if value[:2] not in PROVINCES:
        return Text("最前面 2 位是省份，没有这个省。请对着身份证改。",
                    "The first 2 digits are the province, and there is no such province. Please check the card.")
    born = _born(value[6:14])
    if born is None or born.year < 1850:
        return Text("中间 8 位是生日，没有这一天。", "The 8 digits in the middle are the birthday: no such day.")
    if today is not None and born > today:
        return Text("中间 8 位是生日，这一天还没到。",
                    "The 8 digits in the middle are the birthday: that day is yet to come.")
    if id_check_character(value[:17]) != value[17]:
        return Text("这 18 位里，有输错的。请拿身份证，一段一段对着看。",
                    "Of the 18 characters, at least one is wrong. Please compare with the card, part by part.")
    return None


def birth_date(id_number: str) -> date | None:
    """Return the birth date that the number carries, or None when it carries no real one."""
    return _born(id_number[6:14]) if re.fullmatch(r"[0-9]{17}[0-9X]", id_number) else None


def sex(id_number: str) -> str | None:
    """Return "male" or "female" by the 17th digit, or None for something that is no ID number."""
    if not re.fullmatch(r"[0-9]{17}[0-9X]", id_number):
        return None
    return "male" if int(id_number[16]) % 2 else "female"


def anniversary(born: date, years: int) -> date:
    """Return the day on which someone reaches an age; born on 29 February, on 1 March in common years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


def age_on(id_number: str, day: date) -> int | None:
    """Return the age in full years (周岁) on `day`, reached on the birthday itself; None without a real birth date."""
    born = birth_date(id_number)
    if born is None or born > day:
        return None
    years = day.year - born.year
    return years if anniversary(born, years) <= day else years - 1


def credit_check_character(body: str) -> str:
    """Return the 18th character of a unified social credit code. Source: GB 32100-2015, 4.6 (weights 3^i mod 31)."""
    total = sum(CREDIT_ALPHABET.index(letter) * pow(3, place, 31) for place, letter in enumerate(body))
    return CREDIT_ALPHABET[(31 - total % 31) % 31]


def fault_of_credit_code(value: str) -> Text | None:
    """Return what is wrong with a unified social credit code (GB 32100-2015)."""
    fault = _length_fault(value, 18, Text("统一社会信用代码", "A credit code"))
    if fault:
        return fault
    strange = sorted(set(value) - set(CREDIT_ALPHABET))
    if strange:
        return Text(f"代码里不会有“{strange[0]}”。数字 0、1、2、5 和字母 O、I、Z、S 容易看错，请对着营业执照改。",
                    f"The code never holds “{strange[0]}”. Digits 0, 1, 2, 5 are easily taken for O, I, Z, S; "
                    "please check the licence.")
    if credit_check_character(value[:17]) != value[17]:
        return Text("这 18 位里，有输错的。请拿营业执照，一段一段对着看。",
                    "Of the 18 characters, at least one is wrong. Please compare with the licence, part by part.")
    return None


def fault_of_mobile(value: str) -> Text | None:
    """Return what is wrong with a mobile number of the mainland: 11 digits, 13 to 19 in front."""
    if value.startswith("+86") or (value.startswith("86") and len(value) == 13):
        return Text("不用写 86，直接从 1 开始写。", "Leave out 86; start with 1.")
    if not re.fullmatch(r"[0-9]*", value):
        return Text("手机号码只有数字。请改一下。", "A mobile number holds digits only. Please correct it.")
    fault = _length_fault(value, 11, Text("手机号码", "A mobile number"))
    if fault:
        return fault
    if not re.fullmatch(r"1[3-9][0-9]{9}", value):
        return Text("手机号码开头是 13 到 19。请看看开头两位。",
                    "A mobile number begins with 13 to 19. Please check the first two digits.")
    return None


def luhn_holds(value: str) -> bool:
    """Tell if the digits pass the Luhn check of ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(value)):
        number = int(digit) * (1 + place % 2)
        total += number - 9 if number > 9 else number
    return total % 10 == 0


def fault_of_bank_card(value: str) -> Text | None:
    """Return what is wrong with a bank card number: 12 to 19 digits with the Luhn check."""
    if not re.fullmatch(r"[0-9]*", value):
        return Text("卡号只有数字。请对着卡改。", "A card number holds digits only. Please check the card.")
    if len(value) < 12:
        return Text(f"太短了，才 {len(value)} 位。卡号是 12 到 19 位，请对着卡写。",
                    f"Too short: {len(value)} digits. A card number has 12 to 19; please copy it from the card.")
    if len(value) > 19:
        return Text(f"太长了，有 {len(value)} 位。卡号是 12 到 19 位，请对着卡写。",
                    f"Too long: {len(value)} digits. A card number has 12 to 19; please copy it from the card.")
    if not luhn_holds(value):
        return Text("这个卡号里，有输错的。请拿卡，一段一段对着看。",
                    "At least one of the digits is wrong. Please compare with the card, part by part.")
    return None


def fault_of_disability_number(value: str, today: date | None = None) -> Text | None:
    """Return what is wrong with a disability certificate number.

    18 characters of the holder's ID number, category 1–7, grade 1–4, then B1, B2 … for each re-issue.
    """
    core, _, again = value.partition("B")
    if "B" in value and not re.fullmatch(r"[1-9][0-9]?", again):
        return Text("最后 B 后面是补发次数，比如 B1。请对着残疾人证改。",
                    "After B stands how often it was re-issued, as in B1. Please check the certificate.")
    fault = _length_fault(core, 20, Text("残疾人证号", "A certificate number"))
    if fault:
        return fault
    if fault_of_id_number(core[:18], today):
        return Text("前 18 位是身份证号码，里面有输错的。请一段一段对着看。",
                    "The first 18 characters are the ID number, at least one is wrong. Please compare part by part.")
    if core[18] not in "1234567":
        return Text("第 19 位是残疾类别，只有 1 到 7。", "The 19th character is the category: 1 to 7 only.")
    if core[19] not in "1234":
        return Text("第 20 位是残疾等级，只有 1 到 4。", "The 20th character is the grade: 1 to 4 only.")
    return None


def mask_name(name: str) -> str:
    """Return the first character and one star, 王*, however long the name is: its length says something too."""
    return f"{name[:1]}*" if name else ""


def _mask_middle(value: str, head: int, tail: int) -> str:
    hidden = len(value) - head - tail
    return "*" * len(value) if hidden < 1 else f"{value[:head]}{'*' * hidden}{value[len(value) - tail:]}"


def mask_id_number(value: str) -> str:
    """Return 370304********1234."""
    return _mask_middle(value, 6, 4)


def mask_mobile(value: str) -> str:
    """Return 138****5678."""
    return _mask_middle(value, 3, 4)


def mask_bank_card(value: str) -> str:
    """Return the last four digits only, the rest as stars."""
    return _mask_middle(value, 0, 4)


def mask_credit_code(value: str) -> str:
    """Return the first 8 and the last 2 characters."""
    return _mask_middle(value, 8, 2)


def mask_disability_number(value: str) -> str:
    """Return the first 6 characters, then stars, then the category, the grade and the re-issue mark."""
    return _mask_middle(value, 6, max(len(value) - 18, 2))


MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name, "id_number": mask_id_number, "mobile": mask_mobile, "bank_card": mask_bank_card,
    "credit_code": mask_credit_code, "disability_number": mask_disability_number,
}
"""The mask of each kind of field that carries a number or a name."""
