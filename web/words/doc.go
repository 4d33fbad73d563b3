// Package words turns keys and figures into text in the reader's language:
// sentences from web/locales, amounts, dates, times and distances as people in
// the Netherlands write them. Nothing else in Meent makes words.
package words
