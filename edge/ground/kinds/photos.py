"""Of photos: what cannot be taken, is on its way, or is lost."""

from edge.ground.kinds.kind import add_kind

PHOTOS_TOO_LARGE = add_kind(
    "photos-too-large", "照片太大或者太多", "The photos are too large or too many",
    "少拍几张；一张最大 2 MB，一共最多 120 张、32 MB。其余的带到窗口。",
    "Take fewer: up to 2 MB each, 120 photos and 32 MB together. Bring the rest to the counter.", status=413)
PHOTO_MISSING = add_kind(
    "photo-missing", "还没有照片", "There is no photo yet",
    "先拍一张，或者选一张照片，再按下面的按钮。", "Take or choose a photo first, then press the button below.",
    status=422)
PHOTO_TOO_LARGE = add_kind(
    "photo-too-large", "这张照片太大", "This photo is too large",
    "换一张小的：不超过 12 MB、4000 万像素。", "Use a smaller one: up to 12 MB and 40 megapixels.", status=413)
PHOTO_TOO_SMALL = add_kind(
    "photo-too-small", "这张照片太小，看不清字", "This photo is too small to read",
    "靠近一些再拍；宽和高都要 200 像素以上。", "Take it from nearer; both sides need 200 pixels or more.", status=422)
PHOTO_WRONG_KIND = add_kind(
    "photo-wrong-kind", "这种照片打不开", "Photos of this kind cannot be opened",
    "要 JPEG、PNG 或 WebP。手机拍的 HEIC，在手机设置里改成“兼容性最佳”再拍，或者在这里现拍。",
    "Use JPEG, PNG or WebP. For HEIC set the phone to “most compatible”, or take the photo here.", status=415)
PHOTO_UNREADABLE = add_kind(
    "photo-unreadable", "这个文件不是照片，或者坏了", "This file is no photo, or it is damaged",
    "再拍一张，或者换一个文件。", "Take it again, or choose another file.", status=422)
PHOTO_MOVES = add_kind(
    "photo-moves", "这是会动的图，不是照片", "This picture moves; it is no photo",
    "换一张不动的照片。", "Use a still photo.", status=422)
PHOTO_FAILED = add_kind(
    "photo-failed", "这张照片没有处理成", "This photo could not be processed",
    "再拍一张；还是不行，就先不拍，把原件带到窗口。",
    "Take it again; if it still fails, go on without and bring the paper to the counter.", status=422, retry=True)
CASE_INCOMPLETE = add_kind(
    "case-incomplete", "照片还没有传完，现在不能受理", "Photos are still on their way; the case cannot be accepted yet",
    "等照片传完再受理；等不到，可以退回请居民补，或者记下照片丢失。",
    "Wait for the photos; if they do not come, return the case or declare them lost.", status=409, retry=True)
MATERIAL_WAITING = add_kind(
    "material-waiting", "这张照片还没有传完", "This photo is still on its way",
    "过一会儿再看；那台机器连上就会接着传。", "Look again later; it goes on as soon as that machine has a line.",
    status=409, retry=True)
MATERIAL_LOST = add_kind(
    "material-lost", "这张照片丢失了", "This photo is lost",
    "退回，请居民再拍一次。", "Return the case and ask the citizen for it once more.", status=410)
