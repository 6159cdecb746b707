"""Of the staff's PIN, the printer, and what nobody foresaw."""

from edge.ground.kinds.kind import add_kind

WRONG_PIN = add_kind(
    "wrong-pin", "密码不对", "The PIN is wrong",
    "再输一次。忘了：在这台机器上运行 yizhan edge pin，重新设一个。",
    "Type it again. Forgotten: run yizhan edge pin on this machine and set a new one.", status=401)
PIN_WAIT = add_kind(
    "pin-wait", "输错太多次，要等一会儿", "Too many wrong tries; wait a while",
    "等够时间再输。关机重开不会变短。", "Wait, then type it again. A restart does not shorten it.", status=429,
    retry=True)
NO_PIN = add_kind(
    "no-pin", "还没有设工作人员密码", "No staff PIN is set yet",
    "在这台机器上运行 yizhan edge pin。", "Run yizhan edge pin on this machine.", status=409)
WEAK_PIN = add_kind(
    "weak-pin", "这个密码太容易猜", "This PIN is too easy to guess",
    "用 6 到 12 位数字，不要全一样，也不要连着数。", "Use 6 to 12 digits, not all the same and not in a row.",
    status=422)
NO_PRINTER = add_kind(
    "no-printer", "这台机器没有打印机", "This machine has no printer",
    "请拍下回执号，一样有用。", "Take a photo of the code; it is as good as paper.", status=503)
PRINTER_FAULT = add_kind(
    "printer-fault", "没打出来", "The slip was not printed",
    "请拍下回执号，一样有用。工作人员：看看有没有纸、电源和线。",
    "Take a photo of the code; it is as good as paper. Staff: check paper, power and cable.", status=503, retry=True)
PRINT_EXPIRED = add_kind(
    "print-expired", "机器重新启动过，这张回执不再打印", "The machine was restarted; this slip is not printed any more",
    "凭回执号和身份证后 4 位仍然能查。", "The receipt code still works for tracking.", status=410)
INTERNAL = add_kind(
    "internal", "这台机器出了问题", "Something went wrong on this machine",
    "已经存好的材料不会丢。请从首页再试，或者请人帮忙。",
    "What was saved is safe. Try again from the first page, or ask for help.", status=500, retry=True)
