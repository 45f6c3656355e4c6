print "for Python 2"
