package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"meent/web/ui"
)

// TestMarkdownIsText: what somebody wrote makes no heading, table, link, list or tag.
func TestMarkdownIsText(t *testing.T) {
	d := document{title: "A | *B*\n# C", head: []ui.Term{{Word: "Naam", Meaning: "<script>alert(1)</script>"}}, note: "- nee",
		parts: []part{{heading: "Deel_1", before: []string{"1. een\n\n12) twee\n3 drie", "[x](http://y) https://z www.v.nl a@b.nl"}, after: []string{"+ plus", "= is"},
			table: ui.Table{Heads: []ui.Head{{Text: "Wat"}, {Text: "Hoe|veel", Number: true}}, Rows: [][]string{{"a\nb", "1"}, {"`c`", "2"}}}},
			{heading: "Leeg", none: "Niets."}}}
	const want = `# A \| \*B\* \# C

- **Naam**: \<script\>alert(1)\</script\>

## Deel\_1

1\. een

12\) twee

3 drie

\[x\](http:\//y) https:\//z www\.v.nl a\@b.nl

| Wat | Hoe\|veel |
| --- | ---: |
| a b | 1 |
| \` + "`c\\`" + ` | 2 |

\+ plus

\= is

## Leeg

Niets.

\- nee
`
	if diff := cmp.Diff(want, string(d.markdown())); diff != "" {
		t.Error(diff)
	}
}
