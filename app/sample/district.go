package sample

// group says what a unit reports.
type group int

const (
	groupStreet group = iota
	groupTown
	groupMedia
	groupOffice
)

// Unit is a reporting unit of the sample district.
type Unit struct {
	Name     string
	Initials string // pinyin initials
	group    group
}

// Units are the 23 units that report to the district.
var Units = []Unit{
	{"临江街道", "ljjd", groupStreet},
	{"滨江街道", "bjjd", groupStreet},
	{"沿江街道", "yjjd", groupStreet},
	{"新区街道", "xqjd", groupStreet},
	{"文化街道", "whjd", groupStreet},
	{"民主街道", "mzjd", groupStreet},
	{"团结街道", "tjjd", groupStreet},
	{"建设街道", "jsjd", groupStreet},
	{"工农街道", "gnjd", groupStreet},
	{"铁西街道", "txjd", groupStreet},
	{"和平街道", "hpjd", groupStreet},
	{"大洼镇", "dwz", groupTown},
	{"善友镇", "syz", groupTown},
	{"毛都站镇", "mdzz", groupTown},
	{"哈达山镇", "hdsz", groupTown},
	{"新城乡", "xcx", groupTown},
	{"兴原乡", "xyx", groupTown},
	{"伯都乡", "bdx", groupTown},
	{"区委宣传部", "qwxcb", groupMedia},
	{"区融媒体中心", "qrmtzx", groupMedia},
	{"区卫生健康局", "qwsjkj", groupOffice},
	{"区教育局", "qjyj", groupOffice},
	{"区市场监督管理局", "qscjdglj", groupOffice},
}

// silentToday are the units that have not been heard today.
var silentToday = map[string]bool{
	"铁西街道": true, "哈达山镇": true, "兴原乡": true, "伯都乡": true, "区市场监督管理局": true,
}

// roster are the clerks, who take turns by day.
var roster = []string{"李敏", "王强", "赵静", "陈涛", "杨帆"}

// team are the people of the supervision team, and seconds those who vouch for
// what they close.
var (
	team    = []string{"刘洋", "孙丽", "马俊"}
	seconds = []string{"周斌", "吴霞", "郑凯"}
)
