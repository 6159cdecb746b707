"""Of machines and the hub: enrolment, the line, folders, published items, decisions."""

from edge.ground.kinds.kind import add_kind

NOT_ENROLLED = add_kind(
    "not-enrolled", "这台机器还没有登记", "This machine is not enrolled yet",
    "运行 yizhan edge enroll，用县里给的登记码。",
    "Run yizhan edge enroll with the ticket from the county.", status=409)
ALREADY_ENROLLED = add_kind(
    "already-enrolled", "这台机器已经登记过了", "This machine is enrolled already",
    "要换县，请用一个新的文件夹。", "To join another county, use a new folder.", status=409)
BAD_TICKET = add_kind(
    "bad-ticket", "登记码不对", "The ticket is not right",
    "对着县里给的登记码再输一遍；过期了请县里再开一张。",
    "Type the ticket again as printed; if it is out of date, ask the county for a new one.", status=422)
TICKET_USED = add_kind(
    "ticket-used", "登记码已经用过或者过期了", "The ticket is used or out of date",
    "请县里再开一张。", "Ask the county for a new ticket.", status=409)
HUB_FULL = add_kind(
    "hub-full", "县平台一下子来的机器太多", "Too many machines came to the hub at once",
    "不用做什么，机器过一会儿自己再来。", "Nothing to do: the machine comes again by itself.", status=503, retry=True)
WRONG_HUB = add_kind(
    "wrong-hub", "对方不是登记码上的县平台", "The other side is not the hub named on the ticket",
    "检查网址；如果网址没错，线路上可能有人冒充，请告诉县里。",
    "Check the address; if it is right, someone on the line may be pretending to be the hub: tell the county.",
    status=502)
HUB_UNREACHABLE = add_kind(
    "hub-unreachable", "连不上县平台", "The hub cannot be reached",
    "检查网线和网址；材料都在本机，不会丢。", "Check the cable and the address; everything is safe on this machine.",
    status=503, retry=True)
BUSY = add_kind(
    "busy", "另一个程序正在用这个文件夹", "Another program is using this folder",
    "等它做完，或者先停掉它。", "Wait for it to finish, or stop it first.", status=409, retry=True)
NOT_A_FOLDER = add_kind(
    "no-such-folder", "这个文件夹里没有驿站的数据", "This folder holds no Yizhan data",
    "检查 --dir；服务点先运行 yizhan edge enroll，县平台先运行 yizhan hub init。",
    "Check --dir; a service point begins with yizhan edge enroll, a hub with yizhan hub init.", status=404)
ALREADY_A_HUB = add_kind(
    "already-a-hub", "这个文件夹里已经有一个县平台", "This folder holds a hub already",
    "换一个空文件夹，或者直接 yizhan hub run。", "Choose an empty folder, or go on with yizhan hub run.", status=409)
FOLDER_OF_OTHERS = add_kind(
    "folder-of-others", "这个文件夹里是另一边的数据", "This folder holds the other side's data",
    "县平台和服务点各用一个文件夹。换一个空文件夹。",
    "A hub and a service point need a folder each. Choose an empty one.",
    status=409)
LABEL_TAKEN = add_kind(
    "label-taken", "这个服务点已经有一台同名的机器", "This site has a machine of that name already",
    "换一个名字，或者不写 --label，由县里编号。",
    "Choose another name, or leave out --label and be numbered.", status=409)
PORT_TAKEN = add_kind(
    "port-taken", "端口被占用了", "The port is taken",
    "换一个端口，或者停掉占用它的程序。", "Choose another port, or stop the program that holds it.", status=409)
CATALOGUE_FAULTY = add_kind(
    "catalogue-faulty", "事项文件有错", "The item files have faults",
    "照每一行的提示改文件。", "Correct the files as each line says.", status=422)
VERSION_TAKEN = add_kind(
    "version-taken", "这个版本号已经发布过，内容不同", "This version was published before with other content",
    "把文件里的 version 加 1。", "Raise `version` in the file by one.", status=409)
WRONG_STATE = add_kind(
    "wrong-state", "这件事现在不能这样处理", "The case cannot be decided this way now",
    "刷新页面，看看现在到了哪一步。", "Reload the page and see where the case stands.", status=409)
SEVERAL_CASES = add_kind(
    "several-cases", "这个回执号有几件", "This receipt code has several cases",
    "多半是纸表的号录了两次。加 --case 写明是哪一件。",
    "A number on paper was probably typed in twice. Name one with --case.",
    status=409)
REASON_MISSING = add_kind(
    "reason-missing", "要写明理由", "A reason is needed",
    "用居民看得懂的话写一句理由。", "Write one sentence that the citizen understands.", status=422)
REASON_NAMES = add_kind(
    "reason-names", "理由里有人的号码或者姓名", "The reason holds somebody's number or name",
    "只写为什么，不写是谁：身份证号、手机号、卡号、证号和姓名都去掉，再做一次。审计里写下的删不掉。",
    "Say why, not who: take out ID, mobile, card and certificate numbers and the name, then do it again. "
    "What is in the audit cannot be erased.", status=422)
DEVICE_CAPPED = add_kind(
    "device-capped", "这台机器今天送得太多了", "This machine has brought too much today",
    "不用做什么，材料都在机器里，过一阵自己再送；县里会看到警报。",
    "Nothing to do: everything stays on the machine and is sent later; the county sees an alarm.",
    status=429, retry=True)
BAD_MESSAGE = add_kind(
    "bad-message", "收到的数据包坏了", "The message is damaged",
    "不用做什么，会自动重发。", "Nothing to do; it is sent again.", status=400, retry=True)
UNKNOWN_DEVICE = add_kind(
    "unknown-device", "县平台不认识这台机器", "The hub does not know this machine",
    "保留这台机器的数据，请县里重新登记。",
    "Keep this machine's data and ask the county to enrol it again.", status=403)
NO_SUCH_DEVICE = add_kind(
    "no-such-device", "县里没有这台机器", "The county has no such device",
    "设备号照抄：yizhan hub status 里有，后台“站点和设备”里点开机器也看得到。",
    "Copy the device's number from yizhan hub status, or from its page under Sites and devices in the console.",
    status=404)
NO_SUCH_SITE = add_kind(
    "no-such-site", "县里没有这个服务点", "The county has no such site",
    "名称照抄：yizhan hub status 里有，后台“站点和设备”里也有。",
    "Copy the site's name from yizhan hub status, or from the console's page Sites and devices.", status=404)
NO_SUCH_RECEIPT = add_kind(
    "no-such-receipt", "县里没有这个回执号的事", "The county has no case of this receipt code",
    "对着回执再写一遍；还在机器上没有送来的，要等它送来。",
    "Write it once more as on the slip; what still lies on a machine has to arrive first.", status=404)
NO_SUCH_ITEM = add_kind(
    "no-such-item", "这台机器没有这个事项", "This machine has no such item",
    "写事项的代号，如 RS-01；后台“事项目录”里每一件都有。",
    "Write the item's code, like RS-01; the console's catalogue shows it for each item.", status=404)
REVOKED = add_kind(
    "revoked", "这台机器的身份被县里吊销了", "The county revoked this machine's identity",
    "请用纸质表或别的机器。工作人员：硬盘里的材料都还在，请交给县里；要再用这台机器，请县里重新登记到新文件夹。",
    "Use the paper form or another machine. Staff: what lies on the disk is kept; hand the disk to the county. To use "
    "this machine again, enrol a new folder.", status=403)
