"""Of sticks and papers."""

from edge.ground.kinds.kind import add_kind

STICK_FULL = add_kind(
    "stick-full", "U 盘存满了", "The stick is full",
    "删掉 U 盘上别的东西，或者换一个。材料还在机器里。",
    "Free some room on the stick, or take another one. Everything is still on this machine.", status=507)
STICK_READ_ONLY = add_kind(
    "stick-read-only", "U 盘不让写", "The stick cannot be written to",
    "看看 U 盘侧面的锁；没有锁就换一个。", "Look for the lock on its side; if there is none, take another stick.",
    status=507)
STICK_GONE = add_kind(
    "stick-gone", "找不到 U 盘", "The stick is not there",
    "插好 U 盘，等 5 秒，再来一次。材料还在机器里。",
    "Plug the stick in, wait 5 seconds, and try again. Everything is still on this machine.", status=503, retry=True)
STICK_SPOILT = add_kind(
    "stick-spoilt", "写进去的和读出来的不一样，这个 U 盘坏了", "What was written cannot be read back: the stick is bad",
    "换一个 U 盘。材料还在机器里。", "Take another stick. Everything is still on this machine.", status=507)
NO_FERRY_FILE = add_kind(
    "no-ferry-file", "这不是驿站的文件", "This is not a file of Yizhan",
    "要选名字以 .ferry 结尾的文件。", "Choose the file whose name ends in .ferry.", status=422)
FILE_TOO_LARGE = add_kind(
    "file-too-large", "这个文件太大，不是驿站写的", "This file is too large to be one of Yizhan's",
    "要选名字以 .ferry 结尾的文件；驿站写的每个文件不到 24 MB。",
    "Choose the file whose name ends in .ferry; Yizhan writes none of 24 MB or more.", status=413)
FOR_THE_OTHER_SIDE = add_kind(
    "for-the-other-side", "这个文件是给另一边的", "This file is meant for the other side",
    "机器导出的文件交给县里；县里的回复文件（R.ferry）拿回那台机器。",
    "What a machine wrote goes to the county; the county's reply (R.ferry) goes back to that machine.", status=422)
FOR_ANOTHER_MACHINE = add_kind(
    "for-another-machine", "不是回复这台机器的，什么也没变", "This answers another machine; nothing has changed",
    "拿错 U 盘了。文件名上写着是哪台机器，拿到那台去读。",
    "It is the wrong stick. The file's name says which machine: read it there.", status=422)
TOO_MANY_PAPERS = add_kind(
    "too-many-papers", "一次印 1 到 100 张", "1 to 100 can be printed at once",
    "写 1 到 100；不够再印一次。", "Ask for 1 to 100; print again when they are used up.", status=422)
NOT_HTML = add_kind(
    "not-html", "写不成这个文件", "This file cannot be written",
    "写一个还没有的、以 .html 结尾的文件名；打开它用浏览器打印（也能另存为 PDF）。",
    "Name a file that is not there yet and ends in .html; open it and print it from the browser (or save as PDF).",
    status=422)
