// 打印: the browser's own print, silent on a kiosk. Without scripts: Ctrl+P.
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => window.print());
