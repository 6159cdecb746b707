"""Of forms and the citizen's pages: what a person hands in, asks for or looks up."""

from edge.ground.kinds.kind import add_kind

ANSWERS_FAULTY = add_kind(
    "answers-faulty", "有几处要改", "Some answers need correcting",
    "照每一处的提示改，再交一次。", "Correct each answer as its message says and send again.", status=422)
NOT_ELIGIBLE = add_kind(
    "not-eligible", "这件事现在还办不了", "This cannot be applied for now",
    "看清原因；有疑问请工作人员帮忙。", "Read the reason; ask the staff if in doubt.", status=422)
UNKNOWN_ITEM = add_kind(
    "unknown-item", "没有这个事项", "There is no such item",
    "回首页重新找；也可以请人帮忙。", "Go back to the first page and look again, or ask for help.", status=404)
NOT_FOUND = add_kind(
    "not-found", "没有找到这一页", "There is nothing here",
    "回首页再找。", "Go back to the first page.", status=404)
NOT_FOUND_HERE = add_kind(
    "receipt-not-found", "没有查到", "Nothing was found",
    "照回执再写一遍回执号；身份证后 4 位，给谁办的就写谁的。",
    "Write the code once more as on the slip; the last 4 are those of the person the form was for.",
    status=404)
NOTES_DAMAGED = add_kind(
    "notes-damaged", "没有查到：这台机器的记录坏过，可能少了这一份",
    "Not found: notes of this machine were damaged, this one may be lost",
    "号没写错，就在查询那一页按“请县里查”，县里有就查得到。写错了，照回执再写一遍。",
    "If code and digits are right, press “Ask the county” on the page for looking up: what the county has is found. If "
    "not, write them once more as on the slip.",
    status=404)
TOO_MANY_TRIES = add_kind(
    "too-many-tries", "试的次数太多了", "Too many tries",
    "过 10 分钟再试，或者请工作人员帮忙。", "Try again in 10 minutes, or ask the staff.", status=429, retry=True)
TOO_LARGE = add_kind(
    "too-large", "写得太长了", "The form is too long",
    "把最长的那一段缩短一些。", "Shorten the longest answer.", status=413)
ONLY_PRACTICE = add_kind(
    "only-practice", "这是练习，什么都没有交", "This is practice; nothing was handed in",
    "要真办：按“结束”，从首页重新开始。", "To do it for real press End and begin again on the first page.", status=409)
PAGE_EXPIRED = add_kind(
    "page-expired", "这一页已经清空了", "This page has been cleared",
    "为了保护您的隐私，内容已清空。请从首页重新开始。",
    "To protect your privacy the answers were cleared. Please start again.", status=409)
