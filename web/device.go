package web

import "strings"

// deviceOf keeps of a user agent what its owner can recognise and nothing
// more: browser and system, in one word each. What is not known is "other".
func deviceOf(agent string) string {
	return firstIn(agent, browsers()) + " " + firstIn(agent, systems())
}

// mark is a word in a user agent, and what it stands for.
type mark struct{ in, name string }

// browsers come in an order: most of them also say that they are Chrome or Safari.
func browsers() []mark {
	return []mark{{"Edg", "edge"}, {"OPR/", "opera"}, {"SamsungBrowser/", "samsung"}, {"Firefox/", "firefox"}, {"FxiOS/", "firefox"},
		{"CriOS/", "chrome"}, {"Chrome/", "chrome"}, {"Safari/", "safari"}}
}

func systems() []mark {
	return []mark{{"Android", "android"}, {"iPhone", "iphone"}, {"iPad", "ipad"}, {"Windows", "windows"}, {"Macintosh", "mac"},
		{"CrOS", "chromebook"}, {"Linux", "linux"}}
}

func firstIn(agent string, marks []mark) string {
	for _, m := range marks {
		if strings.Contains(agent, m.in) {
			return m.name
		}
	}
	return "other"
}

// deviceWord says it in plain words.
func (r *request) deviceWord(device string) string {
	browser, system, ok := strings.Cut(device, " ")
	if !ok {
		browser, system = "other", "other"
	}
	return r.t("device.on", "Browser", r.words.With("device.browser_"+browser, nil), "System", r.words.With("device.system_"+system, nil))
}
