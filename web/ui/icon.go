package ui

// Icon names one of the house's own pictures: 24 by 24, round caps, drawn in
// the colour of the text around it.
type Icon string

// The icons.
const (
	IconHome     Icon = "home"
	IconGig      Icon = "gig"
	IconCalendar Icon = "calendar"
	IconClock    Icon = "clock"
	IconPlace    Icon = "place"
	IconEuro     Icon = "euro"
	IconPerson   Icon = "person"
	IconPeople   Icon = "people"
	IconCoach    Icon = "coach"
	IconCheck    Icon = "check"
	IconCross    Icon = "cross"
	IconWait     Icon = "wait"
	IconWarning  Icon = "warning"
	IconInfo     Icon = "info"
	IconPlus     Icon = "plus"
	IconPen      Icon = "pen"
	IconRight    Icon = "right"
	IconLeft     Icon = "left"
	IconSpeaker  Icon = "speaker"
	IconLanguage Icon = "language"
	IconMail     Icon = "mail"
	IconPhone    Icon = "phone"
	IconExit     Icon = "exit"
	IconKey      Icon = "key"
	IconHand     Icon = "hand"
	IconBike     Icon = "bike"
	IconClient   Icon = "client"
	IconSearch   Icon = "search"
	IconSteps    Icon = "steps"
	IconPaper    Icon = "paper"
	IconSwap     Icon = "swap"
	IconNone     Icon = ""
)

// Icons lists every picture.
func Icons() []Icon {
	return append([]Icon{IconHome, IconGig, IconCalendar, IconClock, IconPlace, IconEuro, IconPerson, IconPeople, IconCoach,
		IconCheck, IconCross, IconWait, IconWarning, IconInfo, IconPlus, IconPen, IconRight, IconLeft, IconSpeaker,
		IconLanguage, IconMail, IconPhone, IconExit, IconKey, IconHand, IconBike, IconClient, IconSearch,
		IconSteps, IconPaper, IconSwap}, workIcons()...)
}

// strokes is the drawing of an icon, as the content of an SVG element.
func (i Icon) strokes() string {
	switch i {
	case IconHome:
		return `<path d="M4 11.5 12 4l8 7.5M6.5 10v9.5h11V10M10 19.5v-5h4v5"/>`
	case IconGig:
		return `<rect x="3.5" y="9" width="17" height="10.5" rx="2.5"/><path d="M8.5 9V7a2 2 0 0 1 2-2h3a2 2 0 0 1 2 2v2M3.5 13.500h17M12 12.200v2.6"/>`
	case IconCalendar:
		return `<rect x="4" y="5.5" width="16" height="14.5" rx="3"/><path d="M4 10h16M8.5 3v4M15.5 3v4"/>`
	case IconClock:
		return `<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.200l3.2 2"/>`
	case IconPlace:
		return `<path d="M12 21c-4.5-4.6-6.5-8-6.5-11a6.5 6.5 0 0 1 13 0c0 3-2 6.4-6.5 11Z"/><circle cx="12" cy="10" r="2.3"/>`
	case IconEuro:
		return `<path d="M18 6.500A7 7 0 0 0 7 12a7 7 0 0 0 11 5.500M4 10.500h9M4 13.500h9"/>`
	case IconPerson:
		return `<circle cx="12" cy="8" r="4"/><path d="M4.5 20.500c.8-4.3 3.6-6.5 7.5-6.500s6.7 2.2 7.5 6.5"/>`
	case IconPeople:
		return `<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.500c.6-3.7 3-5.5 6.5-5.500s5.9 1.8 6.5 5.500M15.5 5.300a3.5 3.5 0 0 1 0 6.400M18 14.600c2 .8 3.2 2.4 3.5 4.9"/>`
	case IconCoach:
		return `<circle cx="8" cy="7.5" r="3"/><circle cx="16.5" cy="9.5" r="2.5"/><path d="M2.5 19c.6-3.7 2.6-5.5 5.5-5.5 2.3 0 4 1.1 5 3.300M12.5 19.500c.5-2.7 1.9-4 4-4s3.5 1.3 4 4"/>`
	case IconCheck:
		return `<path d="m5 12.5 4.5 4.500L19 7.5"/>`
	case IconCross:
		return `<path d="m6.5 6.5 11 11M17.5 6.500l-11 11"/>`
	case IconWait:
		return `<path d="M7 4h10M7 20h10M8 4c0 4.5 2.5 5.5 4 8-1.5 2.5-4 3.5-4 8M16 4c0 4.5-2.5 5.5-4 8 1.5 2.5 4 3.5 4 8"/>`
	case IconWarning:
		return `<path d="M12 4 2.8 19.500h18.400L12 4ZM12 10v4.500M12 17.200v.1"/>`
	case IconInfo:
		return `<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 7.800v.1"/>`
	case IconPlus:
		return `<path d="M12 5v14M5 12h14"/>`
	case IconPen:
		return `<path d="m5 19 .8-4L16 4.800a2 2 0 0 1 2.9 0l.3.300a2 2 0 0 1 0 2.900L9 18.2 5 19ZM14 7l3 3"/>`
	case IconRight:
		return `<path d="m9.5 5.5 6.5 6.5-6.5 6.5"/>`
	case IconLeft:
		return `<path d="M14.5 5.5 8 12l6.5 6.5"/>`
	case IconSpeaker:
		return `<path d="M4 9.500v5h3.500L12 19V5L7.5 9.500H4ZM15.5 9a4.5 4.5 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>`
	case IconLanguage:
		return `<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.500c-5 5.5-5 11.5 0 17M12 3.500c5 5.5 5 11.5 0 17"/>`
	case IconMail:
		return `<rect x="3.5" y="5.5" width="17" height="13" rx="3"/><path d="m4.5 7.5 7.5 6 7.5-6"/>`
	case IconPhone:
		return `<path d="M6.5 4h3l1.5 4-2 1.500a11 11 0 0 0 5.5 5.500l1.5-2 4 1.500v3a2 2 0 0 1-2.2 2C10.5 19 5 13.5 4.5 6.200A2 2 0 0 1 6.5 4Z"/>`
	case IconExit:
		return `<path d="M13.5 4.500H7a2 2 0 0 0-2 2v11a2 2 0 0 0 2 2h6.500M10.5 12H20M16.5 8.5 20 12l-3.5 3.5"/>`
	case IconKey:
		return `<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8.5-8.500M15.5 8l3 3"/>`
	case IconHand:
		return `<path d="M12 20c-5-3.5-8-6.8-8-10.500A4.2 4.2 0 0 1 12 7.500a4.2 4.2 0 0 1 8 2c0 3.7-3 7-8 10.500Z"/>`
	case IconBike:
		return `<circle cx="6" cy="16" r="3.5"/><circle cx="18" cy="16" r="3.5"/><path d="m6 16 3.5-7h6L18 16M9.5 9l4.5 7H6M14.5 6h2l-1 3"/>`
	case IconSearch:
		return `<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.500 15.500 5 5"/>`
	case IconSteps:
		return `<path d="M3.5 19.5H8V15h4.500v-4.500H17V6h3.500"/>`
	case IconPaper:
		return `<path d="M7 3.500h6.500L18 8v10.500a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-13a2 2 0 0 1 2-2ZM9 12h5.500M9 16h5.500"/>`
	case IconSwap:
		return `<path d="M4 9h15M15.5 5.500 19 9l-3.500 3.500M20 15.500H5M8.500 12l-3.500 3.500L8.500 19"/>`
	case IconClient:
		return `<path d="M4 20V9.500L8 7v2.500L12 7v2.500L16 7v3h4v10H4ZM8 20v-4h3v4M14 14h3"/>`
	}
	return i.workStrokes()
}
