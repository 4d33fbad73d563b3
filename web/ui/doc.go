// Package ui is the look of the pages: typed components that take finished
// words and never make any. A component knows no route, no domain and no
// language; the page that uses it does. The gallery under /dev/components shows
// every one in every state, and a test sees to it that none is missing there.
package ui
