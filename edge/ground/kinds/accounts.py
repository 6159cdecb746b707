"""Of accounts: who logs in at the county, and who may keep accounts."""

from edge.ground.kinds.kind import add_kind

LOG_IN = add_kind(
    "log-in", "请先登录", "Log in first",
    "用自己的账号登录，或带上正确的令牌。", "Log in with your own account, or send a valid token.", status=401)
WRONG_LOGIN = add_kind(
    "wrong-login", "账号或密码不对", "The name or the password is wrong",
    "再写一遍；忘了密码请找县里的技术人员。", "Try again; if you forgot the password, ask the county's IT.", status=401)
LOGIN_LOCKED = add_kind(
    "login-locked", "输错的次数太多，先锁住了", "Too many wrong tries; locked for now",
    "过 30 分钟再试；急用请找县里管账号的人重置。",
    "Try again in 30 minutes, or ask the person who keeps the accounts.",
    status=429, retry=True)
WEAK_SECRET = add_kind(
    "weak-secret", "这个密码太容易猜", "This password is too easy to guess",
    "写 10 位以上，不能只有数字，不能含账号名，也不能和旧的一样。",
    "Use at least 10 characters, not digits alone, without the account name, and not the old one.", status=422)
ACCOUNT_FAULTY = add_kind(
    "account-faulty", "账号没有填对", "The account is not filled in correctly",
    "登录名 2 到 32 位，用小写字母、数字、点和横线；称呼 1 到 40 个字；角色选一个。",
    "Log-in name: 2 to 32 lower-case letters, digits, dots, dashes; display name: 1 to 40 characters; choose one role.",
    status=422)
NAME_TAKEN = add_kind(
    "name-taken", "这个登录名已经有人用了", "This log-in name is taken",
    "换一个登录名。停用的账号也占着名字，这样审计里不会混。",
    "Choose another. Disabled accounts keep their names, so that the audit stays clear.", status=409)
LAST_OF_ROLE = add_kind(
    "last-of-role", "这是最后一个能管账号的人", "This is the last account that can keep accounts",
    "先给另一个人开“技术”账号，再停用这一个。", "Add another IT account first, then disable this one.", status=409)
