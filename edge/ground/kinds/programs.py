"""Of requests: what programs and browsers send, and whether they may."""

from edge.ground.kinds.kind import add_kind

KEY_REUSED = add_kind(
    "idempotency-key-reused",
    "同一个 Idempotency-Key 交了不同的内容", "This Idempotency-Key was used with other content",
    "换一个新的 Idempotency-Key。", "Use a new Idempotency-Key.", status=422)
KEY_MISSING = add_kind(
    "idempotency-key-missing", "缺少 Idempotency-Key", "The Idempotency-Key header is missing",
    "每份材料带一个不重复的 Idempotency-Key。", "Send one unique Idempotency-Key with each submission.", status=400)
BAD_REQUEST = add_kind(
    "bad-request", "看不懂这个请求", "The request cannot be read",
    "照接口说明改请求。", "Correct the request as the API description says.", status=400)
WRONG_METHOD = add_kind(
    "wrong-method", "这个地址不支持这种请求", "This address does not take that kind of request",
    "照接口说明改请求。", "Correct the request as the API description says.", status=405)
WRONG_TYPE = add_kind(
    "wrong-content-type", "内容的类型不对", "The content is not of the right type",
    "照接口说明写 Content-Type。", "Set Content-Type as the API description says.", status=415)
NOT_ALLOWED = add_kind(
    "not-allowed", "没有权限", "Not allowed",
    "请有这项权限的人来做。", "Ask someone whose role allows this.", status=403)
FOREIGN_ORIGIN = add_kind(
    "foreign-origin", "这个请求不是从本机页面来的", "This request did not come from this machine's own pages",
    "从首页重新开始。", "Start again from the first page.", status=403)
TOO_MANY_REQUESTS = add_kind(
    "too-many-requests", "请求太多了", "Too many requests",
    "等一分钟再试。", "Wait a minute and try again.", status=429, retry=True)
