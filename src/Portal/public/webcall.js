// A button by which visitors of a page call: <script src="https://HOST/webcall.js" data-number="4008001002" data-order="A-17" async></script>
// It runs nothing but this file and styles nothing by text, so that a page's content security policy need name HOST in script-src and frame-src only.
(() => {
  "use strict";
  const tag = document.currentScript;
  if (!tag || !tag.dataset.number) return;
  const { number, text, lang, ...known } = tag.dataset;
  const host = new URL(tag.src).origin;
  const chinese = /^zh/i.test(lang || document.documentElement.lang || navigator.language);
  const words = chinese ? { call: "语音呼叫", close: "关闭并挂断" } : { call: "Call us", close: "Close and hang up" };

  const dress = (element, style) => {
    for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
    return element;
  };

  // What the page knows goes behind the #: browsers send that to nobody.
  const address = () => {
    const url = new URL(`/call/${encodeURIComponent(number)}`, host);
    url.searchParams.set("embed", "1");
    url.searchParams.set("lang", chinese ? "zh" : "en");
    url.hash = new URLSearchParams({ page: location.origin + location.pathname, ...known }).toString();
    return url.href;
  };

  const button = dress(document.createElement("button"), { "min-height": "44px", padding: "8px 20px", border: "0", "border-radius": "22px", font: "600 16px system-ui, sans-serif", color: "#fff", background: "#1257c0", cursor: "pointer" });
  button.type = "button";
  button.textContent = text || words.call;
  button.setAttribute("aria-expanded", "false");
  let panel = null;

  const close = () => {
    panel.remove(); // its page hangs up as it goes
    panel = null;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  };

  const open = () => {
    panel = dress(document.createElement("div"), { position: "fixed", right: "16px", bottom: "16px", width: "min(360px, calc(100vw - 32px))", height: "min(560px, calc(100vh - 32px))", display: "flex", "flex-direction": "column", "z-index": "2147483000", background: "#fff", border: "1px solid #5c6370", "border-radius": "12px", overflow: "hidden", "box-shadow": "0 8px 32px rgba(0, 0, 0, 0.3)" });
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", button.textContent);
    const frame = dress(document.createElement("iframe"), { flex: "1", border: "0", width: "100%" });
    frame.title = button.textContent;
    frame.allow = "microphone; autoplay";
    frame.referrerPolicy = "origin";
    frame.src = address();
    const bye = dress(document.createElement("button"), { "align-self": "flex-end", "min-height": "44px", padding: "0 16px", border: "0", background: "none", font: "14px system-ui, sans-serif", color: "#1f1f1f", cursor: "pointer" });
    bye.type = "button";
    bye.textContent = words.close;
    bye.addEventListener("click", close);
    panel.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    panel.append(bye, frame);
    document.body.append(panel);
    button.setAttribute("aria-expanded", "true");
    bye.focus();
  };

  button.addEventListener("click", () => (panel ? close() : open()));
  tag.after(button);
})();
