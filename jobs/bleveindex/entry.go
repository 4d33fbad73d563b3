package bleveindex

import (
	"slices"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"meent/jobs"
	"meent/members"
)

// newEntry is the document as Bleve keeps it.
func (l *languages) newEntry(d jobs.Document) *document.Document {
	title, description, further := jobs.Words(d.Title), jobs.Words(d.Description), wordsOf(d.More)
	nl, en := labels(d.Skills)
	all := slices.Concat(title, description, nl, en, further, jobs.Words(d.PlaceName))
	inTitle, stemmed := titleNL, &l.nl
	if d.Language == members.English {
		inTitle, stemmed = titleEN, &l.en
		en = append(en, description...)
	} else {
		nl = append(nl, description...)
	}
	e := document.NewDocument(d.Gig.String())
	for _, field := range []terms{{cooperative, []string{d.Cooperative.String()}}, {skills, d.SkillCodes()},
		{inTitle, stemmed.stems(title...)}, {textNL, l.nl.stems(nl...)}, {textEN, l.en.stems(en...)}, {more, l.nl.stems(further...)},
		{titleAsIs, title}, {wordsAsIs, all}} {
		if len(field.all) > 0 {
			e.AddField(field.field())
		}
	}
	e.AddField(document.NewTextFieldWithIndexingOptions(cardField, nil, []byte(encodeCard(d)), index.StoreField))
	return e
}

// labels are the words of the skills in both languages.
func labels(all []members.Skill) (nl, en []string) {
	for _, s := range all {
		nl, en = append(append(nl, jobs.Words(s.NL)...), wordsOf(s.Synonyms)...), append(en, jobs.Words(s.EN)...)
	}
	return nl, en
}

func wordsOf(texts []string) (all []string) {
	for _, text := range texts {
		all = append(all, jobs.Words(text)...)
	}
	return all
}

// terms is what a document has in a field.
type terms struct {
	name string
	all  []string
}

func (t terms) field() *field {
	f := &field{name: t.name, found: make(index.TokenFrequencies, len(t.all))}
	each := make([]index.TokenFreq, len(t.all))
	for i, term := range t.all {
		each[i].Term = []byte(term)
		f.found[term] = &each[i]
	}
	return f
}

// field puts its document in the lists of its terms, and says nothing more: no
// search asks how often a term comes, or where.
type field struct {
	name  string
	found index.TokenFrequencies
}

var _ document.Field = (*field)(nil)

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return nil }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) Analyze()                                         {} // terms did
func (f *field) Options() index.FieldIndexingOptions              { return index.IndexField | index.SkipFreqNorm }
func (f *field) AnalyzedLength() int                              { return len(f.found) }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.found }
func (f *field) Size() int                                        { return 64 * len(f.found) } // about
func (f *field) NumPlainTextBytes() uint64                        { return 0 }
