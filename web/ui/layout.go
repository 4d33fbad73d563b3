package ui

import "github.com/a-h/templ"

// Frame is everything around a page: its words, and where one can go.
type Frame struct {
	Lang  string // nl, en
	Title string
	Face  string // member, client, coach, coordinator, or public
	Owner string // whose things this browser may keep; empty: nobody is signed in
	Flash string // good news of the last form; may be empty

	Style, Script, Picture string // addresses of the assets

	Home  string // where the brand leads
	Nav   []Link
	Menu  *Menu // nil for a visitor
	Help  *Link // to somebody who helps, on every page; may be nil
	Enter *Link // for a visitor; may be nil
	Leave *Link // leaves this site at once; may be nil

	Head templ.Component // more for the head, of a page that search engines show; usually nil

	Acting *Acting // in somebody's name; usually nil

	Languages []Language
	Back      string // this page, for after a change of language

	Words FrameWords
}

// FrameWords are the frame's own words.
type FrameWords struct {
	Brand, Skip, Nav, Language string
	Foot                       string
}

// Link leads somewhere.
type Link struct {
	Text    string
	Path    string
	Icon    Icon
	Current bool
}

// Acting says in whose name somebody acts, and has the button that ends it.
type Acting struct{ Text, Stop, Path string }

// Menu is what belongs to the person: who they are, their roles, the way out.
type Menu struct {
	Name    string
	Acting  string // as whom, for which cooperative
	Account Link
	Roles   []RoleChoice // the other roles; may be empty
	Switch  string       // heading of the roles
	SignOut string
}

// RoleChoice is a role to switch to.
type RoleChoice struct{ ID, Text string }

// Language is one to choose.
type Language struct {
	Code    string
	Name    string // in that language
	Current bool
}

func (f Frame) body() string {
	class := "face-" + f.Face
	if len(f.Nav) > 0 {
		class += " with-nav"
	}
	return class
}
