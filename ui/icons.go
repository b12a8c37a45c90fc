package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The program's icons, drawn on a grid of 24 with filled shapes only, because
// the theme recolours fills.
var (
	iconOverview = icon("overview", `<rect x="3" y="3" width="8" height="11" rx="1.5"/><rect x="13" y="3" width="8" height="6" rx="1.5"/>`+
		`<rect x="3" y="16" width="8" height="5" rx="1.5"/><rect x="13" y="11" width="8" height="10" rx="1.5"/>`)
	iconPublicity = icon("publicity", `<path d="M3 10v4c0 .6.4 1 1 1h1.6l1 5h3l-1-5H10l7 4V5l-7 4H4c-.6 0-1 .4-1 1z"/>`+
		`<path d="M19 8.2v7.6c1.3-.8 2-2.2 2-3.8s-.7-3-2-3.8z"/>`)
	iconIsolation = icon("isolation", `<path d="M2 5h2v8h8V8h6c2.2 0 4 1.8 4 4v8h-2v-4H4v4H2z"/><circle cx="8" cy="9.6" r="2.3"/>`)
	// The tick turns the other way round than the board, so that it is a hole.
	iconSupervision = icon("supervision", `<path d="M4 5h5V3h6v2h5v16H4zM10.6 18L17.4 11.2 15.9 9.7 10.6 15 8.1 12.5 6.6 14z"/>`)
	// A stick with its plug up; the hole in it is an arrow, turned the other way round.
	iconHandoff = icon("handoff", `<path d="M8 2h8v6h1.500c.8 0 1.500.7 1.500 1.500V19c0 1.700-1.300 3-3 3H8c-1.700 0-3-1.300-3-3V9.500C5 8.700 5.700 8 6.500 8H8z`+
		`M9.800 3.800V8h1.200V3.800zM13 3.800V8h1.200V3.800zM11 11v4H8.500L12 19l3.500-4H13v-4z"/>`)
	iconWall = icon("wall", `<path d="M2 4h20v13H2zM4 6v9h16V6zM8 19h8v2H8z" fill-rule="evenodd"/>`)
	iconBell = icon("bell", `<path d="M12 2.5c-3.6 0-6.5 2.9-6.5 6.5v4.2L3.6 16v1.5h16.8V16l-1.9-2.8V9c0-3.6-2.9-6.5-6.5-6.5z"/>`+
		`<path d="M9.6 19h4.8c0 1.3-1.1 2.4-2.4 2.4S9.6 20.300 9.600 19z"/>`)
	iconDown = icon("down", `<path d="M6.500 9L12 14.500 17.500 9 18.900 10.400 12 17.300 5.100 10.400z"/>`)
	iconBack = icon("back", `<path d="M14.600 5L16 6.400 10.400 12 16 17.600 14.600 19 7.600 12z"/>`)
	iconPlus = icon("plus", `<path d="M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z"/>`)
	iconMark = icon("mark", `<path d="M4 3h13c1.700 0 3 1.300 3 3v15H7c-1.700 0-3-1.300-3-3z`+
		`M8 8v1.800h8V8zM8 12v1.800h8V12zM8 16v1.800h5V16z"/>`)
)

func icon(name, shapes string) fyne.Resource {
	return fyne.NewStaticResource(name+".svg", []byte(
		`<svg xmlns="http://www.w3.org/2000/svg" width="24" height="24" viewBox="0 0 24 24">`+shapes+`</svg>`))
}

func iconFor(p Place) fyne.Resource {
	switch p {
	case PlacePublicity:
		return iconPublicity
	case PlaceIsolation:
		return iconIsolation
	case PlaceSupervision:
		return iconSupervision
	case PlaceHandoff:
		return iconHandoff
	case PlaceSettings:
		return theme.SettingsIcon()
	}
	return iconOverview
}
