"""Of phones on the place's own network: the code on the screen, how many may fill at once, the door they come by."""

from edge.ground.kinds.kind import add_kind

CODE_SPENT = add_kind(
    "code-spent", "这个码已经有一部手机用了", "A phone has used this code already",
    "一个码只给一部手机用。请到机器前，按“用手机填”，扫新的码。",
    "A code is for one phone. Go to the machine, press Use my phone, and scan the new code.", status=410)
CODE_OLD = add_kind(
    "code-old", "这个码过时了", "This code is out of date",
    "请到机器前，按“用手机填”，扫新的码。",
    "Go to the machine, press Use my phone, and scan the new code.", status=410)
PHONES_FULL = add_kind(
    "phones-full", "现在用手机填的人多", "Many people are filling in on their phones now",
    "请就在机器上填，或者过几分钟再扫。", "Please use the machine itself, or scan again in a few minutes.",
    status=503, retry=True)
PHONE_HASTY = add_kind(
    "phone-hasty", "这部手机按得太多了", "This phone has asked too often",
    "等一分钟再按，填的内容还在。着急，就到机器上办。",
    "Wait a minute and press again; your answers are kept. In a hurry, use the machine itself.", status=429, retry=True)
PHONES_UNSEALED = add_kind(
    "phones-unsealed", "手机那一路没有证书，别人会看到",
    "The way for phones has no certificate: others could read along",
    "用 --phones-cert 和 --phones-key 给证书。网里只有自己人，别人进不来，才可以写 --phones-plain。",
    "Give a certificate with --phones-cert and --phones-key. Say --phones-plain only where nobody else can join the "
    "network.",
    status=409)
PHONES_CERTIFICATE = add_kind(
    "phones-certificate", "手机那一路的证书用不了", "The certificate for phones cannot be used",
    "看看两个文件在不在、是不是一对，证书上的名字和 --phones-name 是不是一样。",
    "Check that both files are there and belong together, and that the certificate names what --phones-name says.",
    status=409)
