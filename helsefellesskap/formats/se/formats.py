"""Dates and numbers in Northern Sámi.

Facts of Unicode CLDR 47, common/main/se.xml: long date «y MMMM d», short «y-MM-dd», time «HH:mm», comma
and no-break space in numbers; supplementalData.xml: the week begins on Monday in Norway. What people type
is read as in Norwegian too.
"""

DATE_FORMAT = "Y F j"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y F j H:i"
YEAR_MONTH_FORMAT = "Y F"
MONTH_DAY_FORMAT = "F j"
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
FIRST_DAY_OF_WEEK = 1  # Monday
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\xa0"
NUMBER_GROUPING = 3
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y %H:%M"]
