// Package web is what people see: pages, forms, mail and live updates.
//
// Every route stands in routes.go with who may use it. A handler parses, calls
// one verb of a domain and renders; it returns its error, and one table in
// errors.go answers. There is no SQL and no rule of the work here, and words
// come from web/words only. Every page is complete without script.
//
// While there is no cooperative, everything begins at /first, where a code that
// only this process showed makes the first one; then that page is gone.
package web
