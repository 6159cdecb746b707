"""Of the disk: what a machine may not take for want of room, or because it cannot be trusted."""

from edge.ground.kinds.kind import add_kind

DISK_FULL = add_kind(
    "disk-full", "这台机器存满了，现在不能收材料", "This machine is full and cannot take forms now",
    "请用纸质表，或者到最近的窗口。工作人员：清理磁盘后自动恢复。",
    "Please use the paper form or the nearest counter. Staff: free some disk space; it recovers by itself.",
    status=507, retry=True)
DISK_FAULT = add_kind(
    "disk-fault", "没有存住，材料没有交成", "Nothing was saved; the form was not handed in",
    "请用纸质表，或者到最近的窗口。工作人员：运行 yizhan edge doctor。",
    "Please use the paper form or the nearest counter. Staff: run yizhan edge doctor.", status=503, retry=True)
DISK_SLOW = add_kind(
    "disk-slow", "机器的硬盘没有反应，现在存不进东西", "The disk does not answer; nothing can be saved now",
    "等一分钟再交；还不行，请用纸质表。工作人员：看看有没有别的程序占着硬盘，或者硬盘快坏了。",
    "Wait a minute and send again; if it fails, use the paper form. Staff: another program may hold the disk, or the "
    "disk is failing.", status=503, retry=True)
DISK_FORGETS = add_kind(
    "disk-forgets", "这台机器一重启就会忘记，不能收材料", "This machine forgets at each restart and cannot take forms",
    "请用纸质表。工作人员：还原卡或写保护要放开驿站的数据文件夹，改好后重启两次；请告诉县里。",
    "Please use the paper form. Staff: exempt Yizhan's folder from the restore card or write filter, restart twice; "
    "tell the county.", status=507)
DATA_DAMAGED = add_kind(
    "data-damaged", "这台机器里的数据有损坏，先不收材料", "Data on this machine are damaged; it takes no forms for now",
    "请用纸质表。工作人员：停下驿站，运行 yizhan edge salvage；坏的文件会留着。",
    "Please use the paper form. Staff: stop Yizhan and run yizhan edge salvage; the damaged file is kept.", status=507)
DATA_TO_MEND = add_kind(
    "data-to-mend", "这台机器的数据库有损坏", "The database of this machine is damaged",
    "停下驿站，运行 yizhan edge salvage；或者重新启动驿站，它自己会修。damaged 文件夹要留着。修不好，请告诉县里。",
    "Stop Yizhan and run yizhan edge salvage, or start it again: it mends itself. Keep the folder damaged. If that "
    "does not help, tell the county.", status=503)
BEING_MENDED = add_kind(
    "being-mended", "这台机器正在修自己的数据库", "This machine is mending its database",
    "等一分钟再来。不要重新登记，不要删文件；damaged 文件夹要留着。",
    "Wait a minute and try again. Do not enrol it again and delete nothing; keep the folder damaged.",
    status=503, retry=True)
KEY_DAMAGED = add_kind(
    "key-damaged", "这台机器的钥匙文件坏了", "The key file of this machine is damaged",
    "不要删任何文件：存下的材料都有签名，县里能用 yizhan hub lift 读出来。请县里重新登记这台机器。",
    "Delete nothing: all forms are signed, and the county can read them with yizhan hub lift. Ask the county to enrol "
    "this machine again.", status=503)
FORM_SPOILED = add_kind(
    "form-spoiled", "这份材料存坏了，县里没有收到", "This form was damaged on the disk and never reached the county",
    "对不起，请再来交一次，或者打求助电话。工作人员：运行 yizhan edge status 看有几份。",
    "We are sorry: please hand it in again, or call for help. Staff: yizhan edge status says how many.", status=410)
NO_ROOM_FOR_PHOTOS = add_kind(
    "no-room-for-photos", "机器快存满了，现在不能拍照片", "This machine is nearly full and takes no photos now",
    "材料照样能交，照片以后补，或者带复印件到窗口。工作人员：清理磁盘后自动恢复。",
    "The form can still be handed in; add photos later or bring copies. Staff: free some disk space; it recovers by "
    "itself.", status=507, retry=True)
