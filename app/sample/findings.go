package sample

import "taizhang/app/ledger"

// finding is a listed problem: ago is the least age of its inspection in days,
// due its deadline counted from today (closed ones had a week).
type finding struct {
	text, directive, done string
	state                 ledger.State
	ago, due              ledger.Day
}

// findings are the 27 problems: 15 closed, 4 rectified, 8 open; 2 are overdue
// and 3 due within three days.
var findings = []finding{
	{"农贸市场入口未查验健康码", "每个入口设专人查验，早市前到岗", "两个入口已设查验岗", ledger.StateClosed, 50, 0},
	{"超市未落实一米线", "收银区贴一米线并安排人员引导", "一米线已补贴", ledger.StateClosed, 48, 0},
	{"药店未登记退热药购买人", "按要求逐笔登记并每日上报", "登记本已启用，抽查 10 笔齐全", ledger.StateClosed, 46, 0},
	{"宾馆消毒记录缺页", "补全记录，每班签字", "记录已补全并装订", ledger.StateClosed, 44, 0},
	{"小区南门无人值守", "安排两班值守或封闭该门", "南门已封闭并张贴告示", ledger.StateClosed, 42, 0},
	{"电梯间消毒频次不足", "每日不少于三次并公示", "消毒公示表已上墙", ledger.StateClosed, 40, 0},
	{"返乡人员台账更新不及时", "每日 17 时前更新并核对", "台账已更新到当日", ledger.StateClosed, 38, 0},
	{"学校晨检记录不全", "班主任每日签字，校医汇总", "近两周晨检记录齐全", ledger.StateClosed, 36, 0},
	{"医疗废物暂存点未上锁", "立即上锁，专人管理", "已上锁并明确管理人", ledger.StateClosed, 34, 0},
	{"公告栏内容过期", "更换为现行公告", "已更换为最新公告", ledger.StateClosed, 32, 0},
	{"理发店从业人员未佩戴口罩", "现场整改，纳入每日巡查", "巡查三次均规范佩戴", ledger.StateClosed, 29, 0},
	{"公交站点宣传条幅破损", "三日内更换", "已更换 6 幅", ledger.StateClosed, 26, 0},
	{"值班电话无人接听", "落实双人值班，电话不离人", "三次抽查均接通", ledger.StateClosed, 23, 0},
	{"冷链食品无追溯记录", "补录追溯信息，未补录的下架", "追溯信息已补录", ledger.StateClosed, 20, 0},
	{"物资储备数与账面不符", "盘点并更正账目", "盘点表已签字，账实相符", ledger.StateClosed, 16, 0},
	{"棋牌室未按要求暂停营业", "立即停业并张贴通知", "已停业，通知已张贴", ledger.StateRectified, 18, -4},
	{"隔离点工作人员休息区未分区", "按三区两通道重新划分", "分区线已画，待验收", ledger.StateRectified, 10, 2},
	{"居家观察告知书未签收", "逐户补签并留存回执", "已补签 23 户", ledger.StateRectified, 8, 5},
	{"广播喇叭故障 3 个", "维修或更换", "已换新 3 个", ledger.StateRectified, 6, 6},
	{"建筑工地人员底数不清", "建立一人一档并每日核对", "", ledger.StateOpen, 14, -2},
	{"诊所预检分诊流于形式", "设独立分诊台，每人测温登记", "", ledger.StateOpen, 9, 1},
	{"快递站点未设消毒区", "设消毒区，包裹先消毒后上架", "", ledger.StateOpen, 7, 3},
	{"养老院探视登记不规范", "统一登记表，探视预约", "", ledger.StateOpen, 6, 7},
	{"出租车未张贴宣传单", "营运车辆全部张贴", "", ledger.StateOpen, 5, 8},
	{"集市人员聚集", "分时段入场，增派人员疏导", "", ledger.StateOpen, 4, 9},
	{"企业食堂未分时就餐", "错峰就餐，座位间隔", "", ledger.StateOpen, 3, 10},
	{"公共卫生间缺少洗手液", "每日补充并记录", "", ledger.StateOpen, 2, 12},
}
