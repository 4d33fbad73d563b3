// Package check says what is wrong with a form, field by field, without words:
// a domain returns Problems, the web turns each rule into a sentence.
package check
