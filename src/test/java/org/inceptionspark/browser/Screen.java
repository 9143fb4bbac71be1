package org.inceptionspark.browser;

/** Screens that pages are read on, in CSS pixels. */
public enum Screen {
  DESKTOP(1280, 900, 1, "light"),
  PHONE(390, 844, 2, "light"),
  PHONE_IN_THE_DARK(390, 844, 2, "dark");

  final int width;
  final int height;
  final int scale;
  final String scheme;

  Screen(int width, int height, int scale, String scheme) {
    this.width = width;
    this.height = height;
    this.scale = scale;
    this.scheme = scheme;
  }
}
