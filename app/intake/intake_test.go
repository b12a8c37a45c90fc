package intake

import (
	"fmt"
	"strings"
	"testing"

	"taizhang/app/ledger"
)

// district are the sample district's published figures in words of our own.
const district = "今年以来，全区电视台刊播稿件35条，省、市报刊登载61篇；各部门发布网络信息1157条，被省市新媒体刊载71条。" +
	"社区和村屯共悬挂宣传条幅3681幅，启用电子屏304处，入户发放宣传单35万份，出动宣传车148辆，架设广播喇叭782个，" +
	"张贴政府公告4158份，送达居家隔离观察告知书1万余份、居家医学观察告知书200份，并在出入口安装小区提示板700余个。"

// brief writes candidates the short way: pub 宣传单 35万份 | iso …. Ledgers are
// three letters, a range has two numbers, a rate its percent.
func brief(list []Candidate) string {
	var b strings.Builder
	for i, c := range list {
		if i > 0 {
			b.WriteString(" | ")
		}
		fmt.Fprintf(&b, "%s %s ", c.Ledger.String()[:3], c.Item)
		switch {
		case c.Measure == "%":
			fmt.Fprintf(&b, "%g", c.Percent)
		case c.Max > 0:
			fmt.Fprintf(&b, "%d-%d", c.Quantity.Value, c.Max)
		default:
			b.WriteString(c.Quantity.String())
		}
		b.WriteString(c.Measure)
	}
	return b.String()
}

func TestReadsTheDistrict(t *testing.T) {
	r := &Reader{Items: ledger.Catalogue}
	var got []string
	for _, c := range r.Read(district) {
		if c.Ledger != Publicity || c.Known < 0 {
			t.Errorf("%s is %s, known item %d", c.Item, c.Ledger, c.Known)
			continue
		}
		got = append(got, r.Items[c.Known].Name+c.Quantity.String())
	}
	want := "电视稿件35 省市报刊61 网络信息1,157 新媒体刊载71 宣传条幅3,681 电子屏304 宣传单35万 宣传车148 广播喇叭782 " +
		"政府公告4,158 居家隔离观察告知书1万余 居家医学观察告知书200 小区提示板700余"
	if strings.Join(got, " ") != want {
		t.Errorf("got  %s\nwant %s", strings.Join(got, " "), want)
	}
}

// Each rule has sentences of its own; a sentence that breaks tells which one.
func TestRules(t *testing.T) {
	for _, rule := range []struct {
		name  string
		cases [][2]string
	}{
		{"the noun stands before the number or behind it", [][2]string{
			{"出动流动宣传车12辆", "pub 流动宣传车 12辆"},
			{"出动12辆流动宣传车", "pub 流动宣传车 12辆"},
			{"21幅横幅、4个喇叭同时上岗", "pub 横幅 21幅 | pub 喇叭 4个"},
			{"宣传单90份宣传画15张", "pub 宣传单 90份 | pub 宣传画 15张"},
		}},
		{"one verb rules a list", [][2]string{
			{"检查药店9家、诊所4家，学校2所", "sup 药店 9家 | sup 诊所 4家 | sup 学校 2所"},
			{"发放农家历60册、环保袋80个，药品30盒", "pub 农家历 60册 | pub 环保袋 80个 | oth 药品 30盒"},
			{"检查网吧7家，组织青年40人，栽树600棵", "sup 网吧 7家 | oth 青年 40人 | oth 栽树 600棵"},
			{"对18家冷库进行了突击检查", "sup 冷库 18家"},
			{"拆除违规宣传牌12块，暂扣物品4件", "sup 违规宣传牌 12块 | sup 物品 4件"},
			{"在9个路口悬挂横幅18条", "oth 路口 9个 | pub 横幅 18条"},
			{"编印整改专刊8期，开展普法进工地5场", "pub 整改专刊 8期 | pub 工地 5场"},
			{"查封不落实规定的场所4家", "sup 规定的场所 4家"},
			{"5名店主被约谈", "sup 店主 5名"},
			{"横幅|9条\n检查旅店|4家", "pub 横幅 9条 | sup 旅店 4家"},
		}},
		{"what stands before a colon is counted of each", [][2]string{
			{"挂历发放情况：东镇320份、西乡85份，合计405份", "pub 挂历 320份 | pub 挂历 85份 | pub 挂历 405份"},
			{"标语：南村26条，其余两村各5条", "pub 标语 26条 | oth 标语 2村"},
			{"隐患：粮站3处、煤场1处", "sup 隐患 3处 | sup 隐患 1处"},
			{"下周重点：发放折页300份；组织讲座2场", ""},
			{"护林简报：各村上半年巡山90次，发现隐患3处", "oth 巡山 90次 | sup 隐患 3处"},
			{"全年目标：发放折页300份；组织讲座2场。已组织讲座1场", "pub 讲座 1场"},
		}},
		{"what is wrong, and what was taken down", [][2]string{
			{"督查发现横幅脱落6条、台账不全4处", "sup 横幅脱落 6条 | sup 台账不全 4处"},
			{"拆除陈旧标语40条", "oth 陈旧标语 40条"},
			{"办结率９２．５％", "sup 办结率 92.5%"},
		}},
		{"one number counts each thing of a list", [][2]string{
			{"张贴挂图、横额各36张", "pub 挂图 36张 | pub 横额 36张"},
			{"发放折页、台历和明白纸各200份", "pub 折页 200份 | pub 台历 200份 | pub 明白纸 200份"},
			{"发放口罩、手套各100只", "oth 口罩 100只 | oth 手套 100只"},
			{"为每个村配折页、挂图各2份", ""},
			{"计划印制折页、台历各20份", ""},
			{"各社区各300份", ""},
		}},
		{"a noun of another ledger overrules the verb", [][2]string{
			{"发放口罩500只、宣传册500本", "oth 口罩 500只 | pub 宣传册 500本"},
			{"检查隔离点6个", "sup 隔离点 6个"},
			{"巡查病区6次，对圈舍已巡查3遍，发放资料20份", "sup 病区 6次 | oth 圈舍已巡查 3遍 | pub 资料 20份"},
			{"启用隔离点6个", "iso 隔离点 6个"},
			{"隔离人员31人，隔离房间40间", "oth 隔离人员 31人 | iso 隔离房间 40间"},
			{"7辆宣传车走遍社区，发放致家长函900份", "pub 宣传车走遍 7辆 | pub 致家长函 900份"},
		}},
		{"reach is no output", [][2]string{
			{"举办讲座3场，受教育群众420人次", "pub 讲座 3场 | oth 受教育群众 420人次"},
			{"公众号推文4篇，阅读量3万次", "pub 公众号推文 4篇 | oth 阅读量 3万次"},
			{"入户宣传260户", "oth 入户宣传 260户"},
		}},
		{"problems, opinions, what became of them", [][2]string{
			{"发现问题27个，提出整改意见27条，已整改25个，整改率92.6%", "sup 问题 27个 | sup 整改意见 27条 | sup 已整改 25个 | sup 整改率 92.6%"},
			{"整改率由80%提高到95%，群众知晓率97%", "sup 提高 95%"},
			{"解决群众问题30个", "oth 群众问题 30个"},
			{"交办问题86个，办结81个", "sup 问题 86个 | sup 办结 81个"},
			{"检查药店9家，办理案件3起", "sup 药店 9家 | sup 案件 3起"},
			{"督查发现，2个社区台账不全，3家诊所未亮证", "sup 社区台账 2个 | sup 诊所 3家"},
			{"巡查商铺160次，发出警告信6封；巡查街面90次", "sup 商铺 160次 | sup 警告信 6封 | oth 街面 90次"},
			{"巡查摊点90个，发现问题7个", "sup 摊点 90个 | sup 问题 7个"},
			{"发现需维修的灶台6处", "sup 需维修的灶台 6处"},
			{"受理诉求86件，办结81件", "oth 诉求 86件 | oth 办结 81件"},
			{"约谈负责人4名，诫勉谈话2人，行政处罚6起", "sup 约谈负责人 4名 | sup 诫勉谈话 2人 | sup 行政处罚 6起"},
			{"通报3起9人", "sup 通报 3起 | sup 通报 9人"},
			{"处分9人，其中村干部3人", "sup 处分 9人 | sup 村干部 3人"},
			{"通报批评科室2个、个人5人", "sup 科室 2个 | sup 个人 5人"},
			{"抽查值班室30处，4人因空岗被约谈", "sup 值班室 30处 | sup 值班室 4人"},
			{"查出占道、灯具损坏等问题16个", "sup 问题 16个"},
			{"推动解决噪声、油烟排放、垃圾清运等问题8个", "sup 问题 8个"},
			{"处罚门店11家，其中暂停营业资格3家", "sup 处罚门店 11家 | sup 暂停营业资格 3家"},
			{"任务完结率98%，投诉办结率99%，整改率要达到90%", "sup 任务完结率 98% | sup 投诉办结率 99%"},
			{"任务完成率达到100%的30个、80%以下的4个，满意率90%", "sup 任务完成率 100% | sup 任务完成率 30个 | sup 任务完成率 4个"},
			{"取缔作坊8家，6人被追究责任", "sup 作坊 8家 | sup 作坊 6人"},
			{"整改率达百分之八十七，知晓率百分之九十", "sup 整改率 87%"},
			{"检查粮店47家，未发现异常的41家", "sup 粮店 47家 | sup 未发现异常 41家"},
			{"公告限期改正旅社12家", "sup 旅社 12家"},
			{"查办、打击借机组织倒卖口罩等各类涉疫案件30起", "sup 倒卖口罩等各类涉疫案件 30起"},
			{"消毒不全5处，清理过期药品5盒", "sup 消毒不全 5处 | oth 过期药品 5盒"},
			{"检查粮店6家，动物诊疗机构2家", "sup 粮店 6家 | sup 动物诊疗机构 2家"},
			{"成立4个专项督查组，对6所学校周边集中整治", "sup 专项督查组 4个 | sup 学校周边 6所"},
			{"设置检查卡点9个，检查药店4家", "oth 检查卡点 9个 | sup 药店 4家"},
			{"1-6批信访件已转办", ""},
		}},
		{"parts of the rooms of the sentence before", [][2]string{
			{"储备隔离点9家、房间400间。其中：甲类3家、130间，乙类6家、270间；已启用2家", "iso 隔离点 9家 | iso 房间 400间 | iso 甲类 3家 | iso 甲类 130间 | iso 乙类 6家 | iso 乙类 270间 | iso 启用 2家"},
			{"确定留观酒店9家，分别是甲区4家、乙镇3家、第二批2家", "iso 留观酒店 9家 | iso 甲区 4家 | iso 乙镇 3家 | iso 第二批 2家"},
			{"丙村只报隔离用房，共4处、21间", "iso 丙村只报隔离用房 4处 | iso 丙村只报隔离用房 21间"},
			{"可提供房间60间，可容纳300人", "iso 房间 60间"},
		}},
		{"those sent out belong to their errand", [][2]string{
			{"出动210人次，检查摊点75个", "sup 出动 210人次 | sup 摊点 75个"},
			{"出动210人次开展消毒，随后检查摊点75个", "oth 出动 210人次 | sup 摊点 75个"},
			{"成立5个小组，分片开展暗访", "sup 小组 5个"},
			{"派出蹲点督导组3个，举办发布会2场", "sup 蹲点督导组 3个 | pub 发布会 2场"},
			{"抽调医生8名；检查药店9家", "oth 医生 8名 | sup 药店 9家"},
			{"抽调14人组成检查组，专班督查6次", "sup 抽调 14人 | sup 专班督查 6次"},
			{"改造公厕16座，征用旅社2家", "oth 公厕 16座 | iso 旅社 2家"},
			{"征用面包车2辆，借用旅社3家", "oth 面包车 2辆 | iso 旅社 3家"},
		}},
		{"rooms in a list that names them once", [][2]string{
			{"隔离病房储备（东湖卫生院8间、西岭卫生院5间）", "iso 东湖卫生院 8间 | iso 西岭卫生院 5间"},
			{"隔离房间90间，其中市内30间、市外60间", "iso 隔离房间 90间 | iso 市内 30间 | iso 市外 60间"},
			{"启用隔离宾馆3家，预留旅社2家", "iso 隔离宾馆 3家 | iso 旅社 2家"},
			{"隔离点剩余房间不多，违规返乡人员已用9间", "iso 违规返乡人员 9间"},
			{"海湾檢疫中心有30個單位正在使用，餘12個單位可用", "iso 單位 30個 | iso 單位 12個"},
			{"腾出2间空房作返乡人员隔离用，征用宿舍楼90床", "iso 空房 2间 | iso 宿舍楼 90床"},
			{"3处正使用的检疫中心，2个新改造的隔离病区", "iso 使用的检疫中心 3处 | iso 新改造的隔离病区 2个"},
			{"改建礼堂2处、学生宿舍1处作为集中隔离点", "iso 礼堂 2处 | iso 学生宿舍 1处"},
			{"甲镇、乙镇、丙镇隔离点分别5家、2家、9家", "iso 丙镇隔离点 5家 | iso 丙镇隔离点 2家 | iso 丙镇隔离点 9家"},
		}},
		{"one number for several things, two numbers for one", [][2]string{
			{"发放围裙、纸杯共计600个", "pub 围裙、纸杯 600个"},
			{"发放宣传册12种8000余册", "pub 宣传册 8,000余册"},
			{"讲座 | 12/900 场/人", "pub 讲座 12场 | oth 讲座 900人"},
			{"纸扇、挂历、折页各类宣传品7种共计900份", "pub 纸扇、挂历、折页各类宣传品 900份"},
			{"发放折页、挂历分别为600张、240份", "pub 挂历 600张 | pub 挂历 240份"},
			{"现有4个52间隔离点，开展2轮9次监督检查", "iso 隔离点 4个 | iso 隔离点 52间 | sup 监督检查 2轮 | sup 监督检查 9次"},
			{"手绘文化墙300平方米，清洗路面900平方米", "pub 手绘文化墙 300平方米"},
			{"播放广告90条，其中电视40条、广播50条", "pub 广告 90条 | pub 电视 40条 | pub 广播 50条"},
			{"成立1个市级、6个县级督导组", "sup 市级 1个 | sup 县级督导组 6个"},
		}},
		{"what has not happened", [][2]string{
			{"计划新建隔离点2个，房间160间", ""},
			{"下月将组织4场讲座", ""},
			{"若病例增加，启用隔离点3个", ""},
			{"目前在建工程70个，检查工程30个", "oth 在建工程 70个 | sup 工程 30个"},
			{"在建隔离点2个，可提供房间90间", ""},
			{"例如从90家商户中抽查9家", ""},
			{"扣除在建的隔离点2个，现有隔离房间30间", "iso 隔离房间 30间"},
			{"预计发放传单900份，实际发放传单820份", "pub 传单 820份"},
			{"全年计划讲座12场，已完成8场", "pub 讲座 8场"},
			{"拟检查药店30家，已检查22家", "sup 药店 22家"},
			{"将12个问题移交主管部门", "sup 问题 12个"},
			{"邻县检查企业90家，我县检查企业30家", "sup 企业 30家"},
			{"另有床位300张即将投入使用", ""},
			{"每村张贴标语不少于10条", ""},
			{"设有宣传栏3处以上", ""},
			{"未发现问题，0起投诉", ""},
			{"每日播放6次", ""},
			{"每月每人发放传单20份", ""},
			{"每个宣传栏张贴海报4张", ""},
			{"向学生各发放传单400份", "pub 传单 400份"},
			{"检查企业40家次，同比增加12家次、增长30%", "sup 企业 40家次"},
			{"4次/年", ""},
			{"问题整改率须达100%", ""},
			{"发现一起、查处一起、曝光一起", ""},
		}},
		{"what is no count", [][2]string{
			{"2026年3月5日至7日，历时3天，8:30开始", ""},
			{"第3批、第十二条、第一、二批、三类、两级", ""},
			{"投入资金20万元，行驶300公里，历时4小时", ""},
			{"拨打12345，电话0438-3123456，文号〔2026〕12号", ""},
			{"严格落实“八不准”、四不两直和一岗双责", ""},
			{"印发《防疫知识20条》", ""},
			{"展播《明天计划》等歌曲5首、快板3个", "pub 歌曲 5首 | pub 快板 3个"},
			{"20__年检查__家、xx家、3×家", ""},
			{"N95口罩300只", "oth 口罩 300只"},
			{"名列后三位，连续两次垫底", ""},
			{"发现隐患未报的扣2分", ""},
			{"方舱医院一期床位500张", "iso 床位 500张"},
			{"检查行动：肉铺6（家）、粮店7（家），出动执法人员30人/次", "sup 肉铺 6家 | sup 粮店 7家 | sup 执法人员 30人次"},
			{"张贴核酸检测通告30张", "pub 核酸检测通告 30张"},
			{"日报用稿5篇，县级2篇", "pub 日报用稿 5篇 | pub 县级 2篇"},
			{"统一安排，进一步加强，第一时间处置，参加会议", ""},
		}},
	} {
		t.Run(rule.name, func(t *testing.T) {
			for _, c := range rule.cases {
				if got := brief((&Reader{}).Read(c[0])); got != c[1] {
					t.Errorf("%s\ngot  %s\nwant %s", c[0], got, c[1])
				}
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for text, want := range map[string]string{
		"横幅３，６８１条":      "3,681条",
		"横幅3 681条":      "3,681条",
		"横幅三千六百八十一条":    "3,681条",
		"横幅壹佰贰拾条":       "120条",
		"横幅廿条":          "20条",
		"横幅肆条":          "4条",
		"横幅两条":          "2条",
		"横幅1.2万条":       "1.2万条",
		"横幅3万5千条":       "35,000条",
		"横幅2千余条":        "2,000余条",
		"横幅30余万条":       "30万余条",
		"横幅31.2万馀条":     "31.2万余条",
		"横幅百余条":         "100余条",
		"横幅上百条":         "100余条",
		"横幅近百条":         "近100条",
		"横幅近3000条":      "近3,000条",
		"横幅约700条":       "约700条",
		"横幅超过700条":      "700余条",
		"横幅700条左右":      "约700条",
		"700多个喇叭":       "700余个",
		"折页1\n500 份":    "1,500份",
		"横幅6 40多条":      "640余条",
		"横幅700多余条":      "700余条",
		"横幅700多条":       "700余条",
		"横幅700条(幅)":     "700条(幅)",
		"横幅700个（条）":     "700个(条)",
		"标语700条/幅":      "700条/幅",
		"宣传车80辆次":       "80辆次",
		"检查企业80家余次":     "80余家次",
		"横幅五六百条":        "500-600条",
		"横幅4至6条":        "4-6条",
		"横幅100—120条":    "100-120条",
		"横幅两三条":         "2-3条",
		"横幅36\n条":       "36条",
		"横 幅 3 6 8 条":   "368条",
		"橫幅三百餘條":        "300余條",
		"宣传车：十二辆":       "12辆",
		"宣传车\t12\t辆":    "12辆",
		"| 宣传车 | 12辆 |": "12辆",
		"宣传车\t辆\t12":    "12辆",
		"宣传车（辆）|12|":    "12辆",
	} {
		list := (&Reader{}).Read(text)
		got := brief(list)
		if i := strings.LastIndexByte(got, ' '); i >= 0 {
			got = got[i+1:]
		}
		if got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}

// A line that layout has broken reads as one; rows of a list stay apart.
func TestLineBreaks(t *testing.T) {
	for text, want := range map[string]string{
		"今年以来全镇各村广泛开展宣传工作，共悬挂横幅36\n0条":                "pub 横幅 360条",
		"今年以来全镇各村广泛开展宣传工作，共悬挂宣传\r\n横幅360条。":           "pub 宣传\r\n横幅 360条",
		"横幅2 36\n0条，标语1\n36条，海报5\n余张":                 "pub 横幅 2,360条 | pub 标语 136条 | pub 海报 5余张",
		"今年以来全镇各村广泛开展宣传工作，共悬挂宣\n\n- 3 -\n\n传横幅360条":   "pub 宣\n\n- 3 -\n\n传横幅 360条",
		"今年以来全镇各村广泛开展宣传工作，共悬挂宣\n第 3 页 共 9 页\n传横幅360条": "pub 宣\n第 3 页 共 9 页\n传横幅 360条",
		"今年以来全镇各村广泛开展宣传工作，悬挂横幅40条\n2.检查药店9家":          "pub 横幅 40条 | sup 药店 9家",
		"横幅\n12条\n海报\n30张": "pub 横幅 12条 | pub 海报 30张",
		"横幅 12\n海报 30":     "",
	} {
		if got := brief((&Reader{}).Read(text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A table keeps its headings over the numbers below; what it says of nobody
// stays unsaid.
func TestTables(t *testing.T) {
	for text, want := range map[string]string{
		"单位\t横幅（条）\t检查商户（户）\n甲镇\t35\t120\n乙镇\t\t90\n":             "pub 横幅 35条 | sup 商户 120户 | sup 商户 90户",
		"| 单位 | 隔离房间(间) | 备注 |\n| 甲镇 | 1,200 | 3 |":               "iso 隔离房间 1,200间",
		"项目\t数量\n宣传单（份）\t300\n海报\t20张":                            "pub 宣传单 300份 | pub 海报 20张",
		"单位\t横幅（条）\n甲镇\t35\n\n其他\t40":                             "pub 横幅 35条",
		"类别 | 单位 | 数量\n检查作坊 | 户次 | 90\n通知书（份） | | \n整改通知书（份） | 7": "sup 作坊 90户次 | sup 整改通知书 7份",
		"品名|数量\n马克杯|120个\n发现隐患|3处":                                "oth 马克杯 120个 | sup 隐患 3处",
		"单位\t人口\n甲镇\t35000":                                       "",
		"隔离点\t总房间\t已使用\n康养中心\t64间\t约41间\n合计\t184间\t49间":           "iso 房间 64间 | iso 已使用 约41间 | iso 房间 184间 | iso 已使用 49间",
		"| 名称 | 检查 | 计划检查 |\n| 药店 | 12家 | 20家 |":                  "sup 检查 12家",
		"单位|宣传单|受众\n甲镇|300份|20人次":                                 "pub 宣传单 300份 | oth 受众 20人次",
		"项目|发放\n折页|300份\n口罩|50只":                                  "pub 折页 300份 | oth 口罩 50只",
		"乡镇\t整改率\n甲镇\t90%\n乙镇\t85.7%":                             "sup 整改率 90% | sup 整改率 85.7%",
	} {
		if got := brief((&Reader{}).Read(text)); got != want {
			t.Errorf("%q\ngot  %s\nwant %s", text, got, want)
		}
	}
}

func TestUnitsAndDates(t *testing.T) {
	today, _ := ledger.ParseDay("2026-11-22", 20000)
	r := &Reader{Units: []string{"临江街道", "临江", "新区街道"}, Today: today}
	for _, c := range []struct {
		text, unit, from, to string
		sure                 bool
	}{
		{"11月20日，临江街道悬挂横幅3条", "临江街道", "2026-11-20", "2026-11-20", true},
		{"臨江街道今年1至6月懸掛橫幅3條", "临江街道", "2026-01-01", "2026-06-30", true},
		{"新区街道。12月3日悬挂横幅3条", "新区街道", "2025-12-03", "2025-12-03", false},
		{"截至2026-03-05，悬挂横幅3条", "", "2026-03-05", "2026-03-05", false},
		{"2025年悬挂横幅3条", "", "2025-01-01", "2025-12-31", false},
		{"2月8日至11日悬挂横幅3条", "", "2026-02-08", "2026-02-11", false},
		{"2月30日悬挂横幅3条", "", "", "", false},
		{"11月20日工作情况\n\n一、宣传。悬挂横幅3条", "", "2026-11-20", "2026-11-20", false},
		{"热线2345，悬挂横幅3条", "", "", "", false},
	} {
		list := r.Read(c.text)
		if len(list) != 1 {
			t.Errorf("%s: found %d", c.text, len(list))
			continue
		}
		unit, from, to := "", "", ""
		if list[0].Unit >= 0 {
			unit = r.Units[list[0].Unit]
		}
		if d := list[0].Date; !d.Empty() {
			from, to = d.From.String(), d.To.String()
		}
		if unit != c.unit || from != c.from || to != c.to || (list[0].Doubt&UnsureUnit == 0) != c.sure {
			t.Errorf("%s: %s %s..%s, doubt %b", c.text, unit, from, to, list[0].Doubt)
		}
	}
}

func TestItems(t *testing.T) {
	r := &Reader{Items: ledger.Catalogue}
	list := r.Read("悬挂条幅40幅，悬挂条幅40条，发布短视频6个，刊发报道2篇，约有海报三四十张")
	if len(list) != 5 {
		t.Fatal(brief(list))
	}
	if c := list[0]; c.Known < 0 || r.Items[c.Known].Name != "宣传条幅" || c.Doubt&NewItem != 0 {
		t.Errorf("条幅 is %+v", c)
	}
	// Another measure word is another item: the two are never added.
	if c := list[1]; c.Known >= 0 || c.Doubt&NewItem == 0 || c.Proposed != (ledger.Item{Name: "条幅", Measure: "条", Channel: ledger.ChannelCommunity}) {
		t.Errorf("条幅 by 条 is %+v", c)
	}
	if c := list[2]; c.Proposed.Channel != ledger.ChannelOnline {
		t.Errorf("短视频 is %+v", c)
	}
	if c := list[3]; c.Proposed.Channel != ledger.ChannelNews {
		t.Errorf("报道 is %+v", c)
	}
	if c := list[4]; c.Max != 40 || c.Doubt&Approximate == 0 {
		t.Errorf("海报 is %+v", c)
	}
}

// FuzzRead: whatever is pasted, nothing breaks, spans lie in the text and in
// order, and the span alone holds the same quantity, as a person sees it.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{district, "检查药店9家、诊所4家", "近百条横幅，三四百份", "| 横幅 | 12条 |\n", "第3批、“八不准”《20条》(3家", "\xff12条", "1至", "百余", "约", "每各0.5%", "由20间增加到35间", "隔离点\t已使用\t整改率\n党校\t9间\t90%\n合计\t9间\t百分之八十"} {
		f.Add(seed)
	}
	r := &Reader{Items: ledger.Catalogue, Units: []string{"临江街道"}, Today: 9822}
	f.Fuzz(func(t *testing.T, text string) {
		runes := []rune(text)
		last := 0
		for _, c := range r.Read(text) {
			if c.Start < 0 || c.Start >= c.End || c.End > len(runes) || c.End < last {
				t.Fatalf("span %d to %d of %d, after %d", c.Start, c.End, len(runes), last)
			}
			last = c.End
			if c.Measure != "%" && (c.Quantity.Value <= 0 || c.Max != 0 && c.Max <= c.Quantity.Value) {
				t.Fatalf("quantity %d to %d", c.Quantity.Value, c.Max)
			}
			if c.Known >= len(r.Items) || c.Unit >= len(r.Units) || c.Measure == "" {
				t.Fatalf("%+v", c)
			}
			if !underHeading(text, c) && !holds(string(runes[c.Start:c.End]), c) {
				t.Fatalf("%q alone does not hold %+v", string(runes[c.Start:c.End]), c)
			}
		}
	})
}

// underHeading reports whether a candidate's measure word is not in its own cell.
func underHeading(text string, c Candidate) bool {
	return !strings.Contains(tidyMeasure(string([]rune(text)[c.Start:c.End])), c.Measure)
}

// holds reports whether the number and measure word of a candidate are found in
// its span when that is read alone.
func holds(span string, c Candidate) bool {
	s := newSheet(span)
	for _, t := range s.tokens() {
		if t.measure.text == c.Measure && (c.Measure == "%" || t.number.value == c.Quantity.Value) {
			return true
		}
	}
	return false
}
