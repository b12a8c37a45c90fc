package ledger

// Catalogue is the list of items that ships with the program, in display order.
// It is written on CatalogueDesk in every ledger: change nothing that has
// shipped, only add at the end.
var Catalogue = []Item{
	{"电视稿件", "条", ChannelNews, "dsgj"},
	{"省市报刊", "篇", ChannelNews, "ssbk"},
	{"市级以上媒体稿件", "篇", ChannelNews, "sjysmtgj"},
	{"网络信息", "条", ChannelOnline, "wlxx"},
	{"新媒体刊载", "条", ChannelOnline, "xmtkz"},
	{"宣传条幅", "幅", ChannelCommunity, "xctf"},
	{"电子屏", "处", ChannelCommunity, "dzp"},
	{"宣传单", "份", ChannelCommunity, "xcd"},
	{"宣传车", "辆", ChannelCommunity, "xcc"},
	{"广播喇叭", "个", ChannelCommunity, "gblb"},
	{"政府公告", "份", ChannelCommunity, "zfgg"},
	{"居家隔离观察告知书", "份", ChannelCommunity, "jjglgcgzs"},
	{"居家医学观察告知书", "份", ChannelCommunity, "jjyxgcgzs"},
	{"小区提示板", "个", ChannelCommunity, "xqtsb"},
	{"宣传材料", "册", ChannelCommunity, "xccl"},
	{"现场咨询", "人次", ChannelCommunity, "xczx"},
	{"免费服务", "人次", ChannelCommunity, "mffw"},
	{"宣传品", "件", ChannelCommunity, "xcp"},
	{"讲座", "场", ChannelCommunity, "jz"},
	{"培训", "期", ChannelCommunity, "px"},
	{"宣传栏/板报", "期", ChannelCommunity, "xclbb"},
}

// CatalogueClock is the clock of every revision of the catalogue's chain: the
// start of 2026 (UTC), before any entry and the same everywhere.
const CatalogueClock = Clock(1767225600000 << 16)

// CatalogueRevisions are the revisions of the catalogue's chain, with number as
// the local desk number: the desk itself, then one a item.
func CatalogueRevisions(number int64) []Revision {
	list := []Revision{{ID: MakeID(number, 1), Record: MakeID(number, 1), Op: OpCreate,
		Clock: CatalogueClock, Author: "Taizhang", Fields: &Desk{Name: "Taizhang"}}}
	for i := range Catalogue {
		id := MakeID(number, int64(i)+2)
		item := Catalogue[i]
		list = append(list, Revision{ID: id, Record: id, Op: OpCreate,
			Clock: CatalogueClock + Clock(i) + 1, Author: "Taizhang", Fields: &item})
	}
	return list
}
