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

// newMapping says how each field is indexed. A hit is an id: only the digest is stored.
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
	for name, analyzer := range map[string]string{
		"title_nl": dutch, "text_nl": dutch, "title_en": english, "text_en": english, "words": asIs} {
		field := bleve.NewTextFieldMapping()
		field.Analyzer = analyzer
		add(doc, name, field)
	}
	for _, name := range []string{"cooperative", "skills", "groups", "load", "client"} {
		add(doc, name, bleve.NewKeywordFieldMapping())
	}
	for _, name := range []string{"rate", "first"} {
		add(doc, name, bleve.NewNumericFieldMapping())
	}
	for _, name := range []string{"support", "others"} {
		add(doc, name, bleve.NewBooleanFieldMapping())
	}
	add(doc, "place", bleve.NewGeoPointFieldMapping())
	digest := bleve.NewKeywordFieldMapping()
	digest.Store, digest.Index, digest.DocValues, digest.IncludeInAll, digest.IncludeTermVectors = true, false, false, false, false
	doc.AddFieldMappingsAt(digestField, digest)
	return doc
}

func add(doc *mapping.DocumentMapping, name string, field *mapping.FieldMapping) {
	field.Store, field.IncludeInAll, field.IncludeTermVectors = false, false, false
	doc.AddFieldMappingsAt(name, field)
}
