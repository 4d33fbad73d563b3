package members

import (
	"regexp"
	"strings"
	"unicode"
)

// Mobile is a mobile number as the world writes it (E.164), such as
// +31612345678; ParseMobile makes it.
type Mobile string

// ParseMobile reads a mobile number; one without a country is Dutch. It refuses
// what clearly cannot get a text message: fixed lines, free and premium numbers.
// Which numbers of other countries are mobile is known of the neighbours alone;
// of the others all that can be a number goes.
func ParseMobile(text string) (Mobile, bool) {
	if len(text) > 60 {
		return "", false
	}
	digits := strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || strings.ContainsRune("-.()/\u2010\u2011\u2013", c) {
			return -1
		}
		return c
	}, strings.Replace(text, "(0)", "", 1)) // +31 (0)6
	switch {
	case strings.HasPrefix(digits, "00"):
		digits = "+" + digits[2:]
	case strings.HasPrefix(digits, "0"):
		digits = "+31" + digits[1:]
	case strings.HasPrefix(digits, "316"): // the plus was forgotten
		digits = "+" + digits
	}
	digits = strings.Replace(digits, "+3106", "+316", 1)
	return Mobile(digits), isMobile(digits)
}

func isMobile(number string) bool {
	if !regexp.MustCompile(`^\+[1-9][0-9]{7,14}$`).MatchString(number) {
		return false
	}
	for country, mobile := range mobilesOf() {
		if strings.HasPrefix(number, country) {
			return regexp.MustCompile(mobile).MatchString(number[len(country):])
		}
	}
	return false
}

// mobilesOf tells by country what follows it in a mobile number. Other countries
// get no message: some have numbers that cost the cooperative a lot. 06 6, 06 7 and
// 06 9 are no mobile telephones in the Netherlands.
func mobilesOf() map[string]string {
	return map[string]string{
		"+31": `^6[1-58][0-9]{7}$`,
		"+32": `^4[5-9][0-9]{7}$`,
		"+49": `^1(5[0-9]{9}|[67][0-9]{8,9})$`,
		"+33": `^[67][0-9]{8}$`,
		"+48": `^(45|5[0137]|6[069]|7[2389]|88)[0-9]{7}$`,
		"+44": `^7([1-57-9][0-9]{8}|624[0-9]{6})$`,
	}
}

// looksLikeNumber reports what somebody typed who wanted to give a number, and
// not an address with a fault in it.
func looksLikeNumber(text string) bool {
	return strings.ContainsAny(text, "0123456789") && !strings.ContainsRune(text, '@') && !strings.ContainsFunc(text, unicode.IsLetter)
}
