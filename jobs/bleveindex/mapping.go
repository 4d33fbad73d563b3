package bleveindex

import (
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
)

// The ways of reading a text. jobs.Words has already split and folded it.
const (
	dutch   = "dutch"
	english = "english"
	asIs    = "as-is"
)

// The fields. The card is stored, to be read when its part of the index is
// loaded; nothing else is.
const (
	cooperative = "cooperative"
	skills      = "skills"
	titleNL     = "title_nl"
	titleEN     = "title_en"
	textNL      = "text_nl"
	textEN      = "text_en"
	more        = "more"
	titleAsIs   = "title"
	wordsAsIs   = "words"
	cardField   = "card"
)

// newMapping says how each field is indexed.
func newMapping() mapping.IndexMapping {
	all := bleve.NewIndexMapping()
	all.DefaultMapping = fields()
	all.DefaultAnalyzer = asIs
	analyzers := map[string][]string{dutch: {nl.SnowballStemmerName}, english: {en.SnowballStemmerName}, asIs: {}}
	for name, filters := range analyzers {
		err := all.AddCustomAnalyzer(name, map[string]any{
			"type": custom.Name, "tokenizer": whitespace.Name, "token_filters": filters})
		if err != nil {
			panic(err) // the parts named above are compiled in
		}
	}
	return all
}

func fields() *mapping.DocumentMapping {
	doc := bleve.NewDocumentStaticMapping()
	for name, analyzer := range map[string]string{titleNL: dutch, textNL: dutch, titleEN: english, textEN: english,
		more: dutch, titleAsIs: asIs, wordsAsIs: asIs} {
		field := bleve.NewTextFieldMapping()
		field.Analyzer = analyzer
		add(doc, name, field)
	}
	for _, name := range []string{cooperative, skills} {
		add(doc, name, bleve.NewKeywordFieldMapping())
	}
	card := bleve.NewTextFieldMapping()
	add(doc, cardField, card)
	card.Store, card.Index = true, false
	return doc
}

// add leaves out all that a search does not need.
func add(doc *mapping.DocumentMapping, name string, field *mapping.FieldMapping) {
	field.Store, field.IncludeInAll, field.IncludeTermVectors, field.DocValues = false, false, false, false
	doc.AddFieldMappingsAt(name, field)
}
