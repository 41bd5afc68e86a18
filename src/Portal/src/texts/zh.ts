/** 中文。词语以术语表为准。 */
export const zh = {
  app: { language: "English", light: "浅色", dark: "深色", theme: "外观", signOut: "退出登录", menu: "导航", skip: "跳到正文", nothing: "没有这个页面", nothingHelp: "地址可能写错了，或者页面已经搬走。", home: "回到首页", noPages: "您的角色在这里还没有页面", noPagesHelp: "您的权限可以通过接口使用。", more: "加载更多", refresh: "刷新", retry: "重试", loading: "正在加载" },
  signIn: { title: "登录", tenant: "客户企业", user: "用户名", password: "密码", submit: "登录", missingUser: "请填写用户名", missingPassword: "请填写密码" },
  roles: { operator: "运营商", tenantAdmin: "管理员", dutyManager: "值班长", qaInspector: "质检员", agent: "坐席", trainee: "新人", teamLeader: "班长", trainer: "培训师", knowledgeEditor: "知识编辑", backOfficeHandler: "后台处理人", planner: "排班师", clientLiaison: "甲方代表", accountManager: "客户经理" },
  board: { title: "现场看板", queues: "技能组", agents: "坐席", queue: "技能组", waiting: "排队", longest: "最长等待", signedIn: "签入", free: "空闲", agent: "坐席", state: "状态", since: "持续", call: "通话", live: "实时", connecting: "正在连接", lost: "连接中断，正在重连；数字可能不是最新的", noQueues: "还没有技能组", noQueuesHelp: "先建立一个技能组，来电才有地方排队。", toQueues: "去建立技能组", nobody: "没有坐席签入", nobodyHelp: "话机注册或坐席选择示闲后会出现在这里；选“全部”可看到所有坐席。", noAgents: "还没有坐席", noAgentsHelp: "先建立坐席，再把他们分到技能组。", toAgents: "去建立坐席", all: "全部", signedInOnly: "只看签入", inTotal: "合计" },
  states: { signedOut: "签出", available: "示闲", notReady: "示忙", break: "小休", offered: "振铃", talking: "通话中", afterCall: "话后处理", notResponding: "无应答" },
  calls: { title: "通话记录", number: "主叫或被叫号码", from: "主叫", to: "被叫", queue: "技能组", agents: "坐席", started: "开始", talk: "通话时长", wait: "排队时长", ended: "结果", direction: "方向", period: "时间", today: "最近 24 小时", week: "最近 7 天", month: "最近 31 天", ever: "不限", search: "查询", anyQueue: "全部技能组", none: "没有符合条件的通话", noneHelp: "放宽时间或清空号码再试。", clear: "清空条件", detail: "通话详情", timeline: "时间线", back: "返回通话记录", withheld: "未显示号码", ivr: "自助语音时长", held: "保持时长", acw: "话后处理时长", recordings: "录音", noRecordings: "没有录音", area: "归属地", goingOn: "进行中", sequence: "序号", erased: "已删除" },
  directions: { inbound: "呼入", outbound: "呼出", internal: "内部" },
  endedBy: { caller: "主叫挂断", agent: "坐席挂断", platform: "平台结束", trunk: "中继结束" },
  agents: { title: "坐席", id: "工号标识", name: "姓名", user: "用户名", extension: "分机", queues: "技能组", afterCall: "话后处理（秒）", autoSignIn: "话机注册即签入", add: "新建坐席", edit: "修改坐席", none: "还没有坐席", noneHelp: "坐席需要一个用户和一部分机；建好之后分到技能组即可接听。", save: "保存", cancel: "取消", remove: "删除", removeSure: "确定删除这个坐席？", saved: "已保存", removed: "已删除", idHelp: "小写字母、数字和“-”，最多 64 个字符", required: "必填" },
  queues: { title: "技能组", id: "标识", name: "名称", ring: "振铃时长（秒）", recording: "录音", announce: "播报排队位置间隔（秒，0 为不播报）", add: "新建技能组", edit: "修改技能组", none: "还没有技能组", noneHelp: "来电在技能组里排队；建好之后把坐席分进来，再让流程指向它。", removeSure: "确定删除这个技能组？", yes: "是", no: "否" },
  numbers: { title: "接入号", number: "号码", flow: "流程", callOut: "可作外显号码", none: "还没有接入号", noneHelp: "接入号由运营商分配；请联系您的客户经理。", noFlow: "未指向流程", edit: "指向流程" },
  errors: { title: "出错了", network: "连接不上服务器", unknown: "服务器没有给出原因", notAuthenticated: "用户名或密码不对", forbidden: "您的角色没有这个权限", notFound: "没有找到", invalid: "有内容需要改正", conflict: "与现有内容冲突", staleVersion: "别人刚刚改过，请刷新后再试", tooManyFailures: "错误次数太多，请稍后再试" },
};

export type Texts = typeof zh;
