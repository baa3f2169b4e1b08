package e2e

import "strings"

// corpus are texts that would do something to a terminal that is given them as
// they are: act on it, hide, change their order, or be wider than they are
// taken for. Those that are not UTF-8 cannot be in a frame, only be a line.
var corpus = []string{
	"\x1b]0;title\a", "\x1b]2;title\x1b\\", "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
	"\x1b]52;c;cm0gLXJm\a", "\x1b]11;?\a", "\x1b]1337;File=inline=1:AAAA\a",
	"\x1bP$q\"p\x1b\\", "\x1bPq#0;2;0;0;0#0~~\x1b\\", "\x1b_Gf=24;AAAA\x1b\\", "\x1b^pm\x1b\\", "\x1bXsos\x1b\\",
	"\x1b[2J\x1b[H\x1b[31mred", "\x1b[?1049l", "\x1b[?25l", "\x1b[?1003h", "\x1b[6n", "\x1b[c", "\x1b[21t", "\x1b[8;1;1t", "\x1b[5i",
	"\x1bc", "\x1b(0lqk", "\x1b#8", "\x1b7\x1b8", "\x1bN\x1bO", "\x0e\x0f", "\x05",
	"never ended \x1b", "never ended \x1b[", "never ended \x1b]0;", "never ended \x1bP", "never ended \x1b_", "\x1b]0;\x18\x1a",
	"\u0080\u0084\u0085\u008d\u0090q\u009c", "\u009b2J\u009b31m", "\u009d0;title\u009c", "\u0098sos\u009c\u009epm\u009c\u009fapc\u009c",
	"safe\rEVIL", "safe\b\b\b\bEVIL", "bell\a\a", "\x00\x01\x7f", "a\tb\vc\fd", "\x08\x08\x08\x08\x08\x08\x08\x08\x08",
	"\u202eesrever\u202c", "\u2066isolate\u2069", "\u200f\u200e\u061c", "\u202a\u202b\u202d", "עברית (a) عربي",
	"zero\u200bwidth\u200c\u200d\ufeff\u2060", "soft\u00adhyphen", "tag\U000e0001\U000e0041\U000e007f", "\u115f\u1160\u3164\uffa0filler",
	"\u2028\u2029\u00a0\u2003\u3000", "\ue000\U000f0000private", "\ufff9annotation\ufffb", "\u034fjoiner", "\u180e\u2800",
	"世界世界世界", "ｆｕｌｌ", "한국어 각", "ᄀ\u1161\u11a8 jamo", "ﷺ﷽", "𒐫𒈙꧅",
	"e\u0301o\u0308", "\u0301\u0302 no base", "Z" + strings.Repeat("\u0300\u0316\u0489", 40) + "algo",
	"क्षि नि தமிழ் ไทยกำ", "\u0e33\u0eb3\u0903\u093e", "ก" + strings.Repeat("\u0e33", 6),
	"👩\u200d💻👨\u200d👩\u200d👧\u200d👦", "❤\ufe0f☺\ufe0f✈\ufe0e1\ufe0f\u20e3", "👍🏽🏽👋🏿", "🇩🇪🇫🇷🇩", "🏴\U000e0067\U000e0062\U000e007f",
	"⌚⏩⚡⭐㊗🈁🉐🃏🀄", "①½№℡™®©", "\u2e3a\u2e3b—", "｡ﾞﾟｶﾞ", "\U0001fae8\U0001face", "●◌▁█…",
	strings.Repeat("漢", 300), strings.Repeat("👍🏽", 100), strings.Repeat("🇩🇪", 100), strings.Repeat("e\u0301", 300), strings.Repeat("\x1b[31m", 100),
	`{"key\u001b]0;x\u0007":"\u009b31m","\u202e":["\ud83d\udc4d\ud83c\udffd",null],"n":1e400}`,
	"{\"raw\u009b2J\u202e\":\"世\u200b界\",\"\u0301\":{\"\x7f\":\"\ue000\"}}", "[\"\u2066\",[[[[\"🇩🇪🇩\"]]]]]",
	"\x1b[200~paste", "%s%n%x", `\x1b[2J\u202e`, "", " ", "  lead and trail  ",
}

// noUTF8 are lines that no frame can be.
var noUTF8 = []string{
	"\x9b31m\x9d0;title\x9c", "\x84\x85\x8d\x90q\x9c\x9e\x9f", "\xff\xfe\xfd", "\xc3(\xe2\x82", "\xc0\x9b\xe0\x80\x9b", "\xed\xa0\x80", "\xf8\x88\x80\x80\x80",
	"\x1b]0;title\x07 \x1b[2J", "HTTP/1.1 400 \x1b[31m\xff",
}
