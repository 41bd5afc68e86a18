// The visitor's page has a small catalogue of its own: the portal's is larger than the whole page may be.
export const en = {
  call: "Call", again: "Call again", hangUp: "Hang up", mute: "Mute", unmute: "Unmute", keypad: "Keypad", level: "Your microphone", agree: "I agree", other: "中文",
  states: { idle: "Press the button, and allow the microphone.", microphone: "Please allow the microphone.", connecting: "Connecting …", menu: "Please listen; the keypad presses keys.", waiting: "Please hold the line: you are in the queue.", talking: "You are connected.", held: "You are on hold; please wait.", back: "The network was lost; connecting again …", ended: "The call has ended." },
  faults: {
    microphoneDenied: "The microphone was not allowed. Allow it for this page in the browser, then call again.",
    noMicrophone: "No microphone was found. Connect one, then call again.",
    unable: "This browser cannot call from this page: it needs WebRTC and a secure connection (https).",
    notFound: "This number cannot be called from a web page.",
    originNotAllowed: "This page may not call this number.",
    consentWanted: "Please agree to the text first.",
    consentChanged: "The text has changed. Please read it again.",
    busy: "All lines are busy. Please try again a little later.",
    lost: "The connection was lost.",
    failed: "The call could not be made. Please try again a little later.",
  },
};

export type Words = typeof en;

export const zh: Words = {
  call: "呼叫", again: "再次呼叫", hangUp: "挂断", mute: "静音", unmute: "取消静音", keypad: "拨号盘", level: "麦克风音量", agree: "我已阅读并同意", other: "English",
  states: { idle: "点击按钮，并允许使用麦克风。", microphone: "请允许使用麦克风。", connecting: "正在接通……", menu: "请听语音提示，用拨号盘按键。", waiting: "正在排队，请不要挂断。", talking: "通话中。", held: "通话保持中，请稍候。", back: "网络中断，正在重新连接……", ended: "通话已结束。" },
  faults: {
    microphoneDenied: "麦克风未被允许。请在浏览器中允许本页面使用麦克风，然后再次呼叫。",
    noMicrophone: "没有找到麦克风。请连接麦克风，然后再次呼叫。",
    unable: "此浏览器无法在本页面呼叫：需要 WebRTC 和安全连接（https）。",
    notFound: "此号码不能从网页呼叫。",
    originNotAllowed: "本页面不允许呼叫此号码。",
    consentWanted: "请先阅读并同意说明。",
    consentChanged: "说明已更新，请重新阅读。",
    busy: "线路繁忙，请稍后再试。",
    lost: "连接已中断。",
    failed: "呼叫失败，请稍后再试。",
  },
};
