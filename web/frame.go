package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"meent/members"
	"meent/web/ui"
)

// layout puts a page's content into the frame that this person sees.
func (r *request) layout(title string, content templ.Component) templ.Component {
	f := ui.Frame{
		Lang: string(r.words.Locale), Title: title, Face: r.face(), Flash: r.takeFlash(),
		Style: r.web.static.URL("app.css"), Script: r.web.static.URL("js/app.js"), Picture: r.web.static.URL("icon.svg"),
		Home: "/", Languages: r.languages(), Back: r.backPath(), Head: r.head,
		Words: ui.FrameWords{
			Brand: "Meent", Skip: r.t("frame.skip"), Nav: r.t("frame.nav"), Language: r.t("frame.language"), Foot: r.t("frame.foot"),
		},
	}
	if r.mayLeaveQuickly() {
		f.Leave = &ui.Link{Text: r.t("frame.leave"), Path: quickExit, Icon: ui.IconExit}
	}
	if r.actor.Person.IsZero() {
		f.Enter = &ui.Link{Text: r.t("signin.title"), Path: "/signin", Icon: ui.IconKey}
		return ui.Layout(f, content)
	}
	f.Home, f.Menu, f.Owner, f.Acting = "/home", r.menu(), r.owner(), r.actingBar()
	if !r.half {
		f.Nav, f.Help = r.navigation(), r.help()
	}
	return ui.Layout(f, content)
}

// quickExit is a site that everybody looks at.
const quickExit = "https://www.buienradar.nl/"

// mayLeaveQuickly reports whether the page has a link that leaves at once: what
// a member reads, and where one signs in.
func (r *request) mayLeaveQuickly() bool {
	return r.actor.Kind == members.RoleMember || r.actor.Person.IsZero() && strings.HasPrefix(r.FullPath(), "/signin")
}

func (r *request) face() string {
	if r.actor.Kind == "" {
		return "public"
	}
	return string(r.actor.Kind)
}

// backPath is this page, for after a change of language: only pages that can be
// asked for again, and no secret of a link.
func (r *request) backPath() string {
	if r.Request.Method != get && r.Request.Method != http.MethodHead || strings.HasSuffix(r.FullPath(), "/:secret") {
		return "/"
	}
	return localPath(r.Request.URL.Path, "/")
}

func (r *request) languages() []ui.Language {
	return []ui.Language{
		{Code: "nl", Name: "Nederlands", Current: r.words.Locale == members.Dutch},
		{Code: "en", Name: "English", Current: r.words.Locale == members.English},
	}
}

// navigation is where each of the four people goes most, five at the most.
func (r *request) navigation() []ui.Link {
	links := []ui.Link{{Text: r.t("nav.home"), Path: "/home", Icon: ui.IconHome}}
	switch r.actor.Kind {
	case members.RoleMember:
		links = append(links, r.link("gigs", ui.IconGig), r.link("pay", ui.IconEuro), r.link("profile", ui.IconPerson))
		if r.actor.Helped() {
			links = slices.DeleteFunc(links, func(l ui.Link) bool { return l.Path == "/pay" }) // not theirs to see
		}
	case members.RoleClient:
		links = append(links, r.link("gigs", ui.IconGig), r.link("bills", ui.IconEuro))
		if r.managesClient() == nil {
			links = append(links, ui.Link{Text: r.t("nav.people"), Path: "/client/people", Icon: ui.IconPeople})
		}
	case members.RoleCoach:
		links = append(links, r.link("caseload", ui.IconCoach), r.link("questions", ui.IconMail), r.link("gigs", ui.IconGig))
	case members.RoleCoordinator:
		links = append(links, r.link("gigs", ui.IconGig), r.link("members", ui.IconPeople), r.link("clients", ui.IconClient), r.link("money", ui.IconEuro))
	}
	for i := range links {
		links[i].Current = links[i].Path == r.Request.URL.Path || links[i].Path == "/gigs" && r.FullPath() == "/searches" ||
			links[i].Path == "/money" && aboutMoney(r.FullPath())
	}
	return links
}

// aboutMoney reports whether the page is one of those that the board of money leads to.
func aboutMoney(route string) bool {
	return slices.ContainsFunc([]string{"/money/", "/bills", "/payouts", "/advances"}, func(begin string) bool { return strings.HasPrefix(route, begin) })
}

func (r *request) link(name string, icon ui.Icon) ui.Link {
	return ui.Link{Text: r.words.With("nav."+name, nil), Path: "/" + name, Icon: icon}
}

func (r *request) menu() *ui.Menu {
	name := r.actor.Name
	if r.actor.Helped() {
		name = r.actor.Helper.Name
	}
	return &ui.Menu{
		Name: name, Acting: r.acting(), SignOut: r.t("account.sign_out"),
		Account: ui.Link{Text: r.t("account.title"), Path: "/account", Icon: ui.IconPerson},
		Switch:  r.t("account.switch"), Roles: r.otherRoles(),
	}
}

// otherRoles are the person's roles but the one in which they act.
func (r *request) otherRoles() (others []ui.RoleChoice) {
	for _, role := range r.roles {
		if role.ID != r.actor.Role {
			others = append(others, ui.RoleChoice{ID: role.ID.String(), Text: r.roleText(string(role.Kind), role.CooperativeName)})
		}
	}
	return others
}

// acting says as whom the person acts: "coach bij Waalkracht".
func (r *request) acting() string {
	switch {
	case r.actor.Kind == "":
		return r.t("role.none")
	case r.actor.Helped():
		return r.t("act.as", "Name", r.actor.Name)
	}
	return r.roleText(string(r.actor.Kind), r.actor.CooperativeName)
}

func (r *request) roleText(kind, cooperative string) string {
	return r.words.With("role."+kind, map[string]any{"Cooperative": cooperative})
}
